/** Names in C and C++: what may not be used as it stands, and scopes that hand out each name once. */

const keywords =
  "alignas alignof and and_eq asm atomic_cancel atomic_commit atomic_noexcept auto bitand bitor bool break case catch char char16_t char32_t char8_t " +
  "class co_await co_return co_yield compl concept const const_cast consteval constexpr constinit continue contract_assert decltype default delete do " +
  "double dynamic_cast else enum explicit export extern false final float for friend fortran goto if import inline int long module mutable namespace " +
  "new noexcept not not_eq nullptr operator or or_eq override private protected public reflexpr register reinterpret_cast requires restrict return " +
  "short signed sizeof static static_assert static_cast struct switch synchronized template this thread_local throw true try typedef typeid typename " +
  "typeof typeof_unqual union unsigned using virtual void volatile wchar_t while xor xor_eq";

/** Object-like macros in lower case that compilers or the headers of glibc, Linux and other widespread libraries define. */
const macros =
  "complex d_fileno emit environ errno far foreach forever fscrypt_policy h_addr h_errno i386 ifa_broadaddr ifa_dstaddr ifc_buf ifc_req ifr_addr " +
  "ifr_bandwidth ifr_broadaddr ifr_data ifr_dstaddr ifr_flags ifr_hwaddr ifr_ifindex ifr_map ifr_metric ifr_mtu ifr_name ifr_netmask ifr_newname " +
  "ifr_qlen ifr_slave imaginary interface linux math_errhandling mips near noreturn pixel s6_addr s6_addr16 s6_addr32 s_addr sa_handler " +
  "sa_sigaction sched_priority si_addr si_addr_lsb si_arch si_band si_call_addr si_fd si_int si_lower si_overrun si_pid si_pkey si_ptr si_status " +
  "si_stime si_syscall si_timerid si_uid si_upper si_utime si_value sigev_notify_attributes sigev_notify_function signals slots small sparc st_atime " +
  "st_ctime st_mtime stderr stdin stdout sun sv_onstack unix ut_addr ut_name ut_time ut_xtime vax vector";

/** Global variables of common headers, which a parameter would shadow. */
const variables =
  "daylight getdate_err in6addr_any in6addr_loopback loc1 loc2 locs optarg opterr optind optopt program_invocation_name " +
  "program_invocation_short_name signgam sys_errlist sys_nerr sys_siglist timezone tzname";

/** Types and functions that generated code itself uses, and names it must not hide. */
const used =
  "int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intmax_t uintmax_t intptr_t uintptr_t max_align_t ptrdiff_t size_t ssize_t " +
  "main memcmp memcpy memset nullptr_t offsetof posix std";

const reserved: ReadonlySet<string> = new Set([keywords, macros, variables, used].flatMap((words) => words.split(" ")));

/** True where `name` cannot be an identifier of generated C and C++, or belongs to the runtime. */
function isReservedInC(name: string): boolean {
  return reserved.has(name) || /^_/.test(name) || /^pqflow(_|$)/i.test(name) || /^(PRI|SCN)[dioux]/.test(name);
}

/** A valid identifier that resembles `text`: foreign characters become `_`, a doubled `_` (reserved in C++) one, a reserved name ends in `_`. */
export function toCIdentifier(text: string): string {
  const clean = text.replace(/[^A-Za-z0-9_]/g, "_").replace(/_{2,}/g, "_");
  const started = /^[A-Za-z]/.test(clean) ? clean : `n${clean.startsWith("_") ? "" : "_"}${clean}`;
  if (/^pqflow(_|$)/i.test(started)) {
    return `schema_${started}`;
  }
  return isReservedInC(started) ? `${started}_` : started;
}

/** Hands out each name once; the same claims in the same order give the same names. */
export interface NameScope {
  has(name: string): boolean;
  /** The identifier for `text`; where it is taken, `_2`, `_3`, … is appended. */
  claim(text: string): string;
  /** Claims a list; a text that is an identifier already has precedence over one that has to be changed. */
  claimAll(texts: readonly string[]): readonly string[];
}

/** `outer`: names that an inner scope must not hide. `taken`: names that nobody may claim. */
export function createNameScope(outer?: NameScope, taken: readonly string[] = []): NameScope {
  const names = new Set(taken);
  const has = (name: string): boolean => names.has(name) || (outer?.has(name) ?? false);
  const claim = (text: string): string => {
    const wanted = toCIdentifier(text);
    let name = wanted;
    for (let count = 2; has(name); ++count) {
      name = `${wanted}${wanted.endsWith("_") ? "" : "_"}${count}`;
    }
    names.add(name);
    return name;
  };
  const claimAll = (texts: readonly string[]): readonly string[] => {
    const claimed = new Map<number, string>();
    const isClean = (text: string): boolean => toCIdentifier(text) === text && !has(text);
    const indices = texts.map((_, index) => index);
    const order = [...indices.filter((index) => isClean(texts[index] ?? "")), ...indices.filter((index) => !isClean(texts[index] ?? ""))];
    for (const index of order) {
      claimed.set(index, claim(texts[index] ?? ""));
    }
    return indices.map((index) => claimed.get(index) ?? "");
  };
  return { has, claim, claimAll };
}

/** `order_events` → `OrderEvents`. */
export function toPascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** `OrderSide` → `order_side`; a name in snake case stays. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
