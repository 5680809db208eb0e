/* Registering a struct of your own instead of the generated record: PQFLOW_FIELD lets the compiler say where each member lies and what it
 * is, so that a struct whose members were permuted, resized or retyped is written rightly or refused at open, never wrongly.
 *
 *   typedef struct my_order { double weight; int64_t price; int64_t timestamp_ns; char symbol[8]; … } my_order;
 *   static const pqflow_member members[] = {PQFLOW_FIELD(my_order, timestamp_ns), PQFLOW_FIELD(my_order, symbol), PQFLOW_FIELD(my_order,
 * price), …}; static const pqflow_record_layout layout = PQFLOW_RECORD_LAYOUT(my_order, members); request.registered = &layout;
 * request.record_size_bytes = sizeof(my_order);
 *
 * Kinds: an integer or bool is signed or unsigned as the compiler has it; a plain char is neither and fits both. An enumeration is the
 * integer the compiler chose for it: gcc and clang take unsigned int unless an enumerator is negative or C++ fixes another. float and
 * double are floating. An array is bytes, a struct or union a struct: text with a length before it must be one. A pointer, a 128-bit
 * integer, a long double, a complex number and (C++) a class that cannot be copied as bytes have no kind and are refused at open: their
 * bytes are not the value. A bit-field does not compile. */
#ifndef PQFLOW_REGISTER_H
#define PQFLOW_REGISTER_H

#include "pqflow.h"

#if defined(__cplusplus)

#include <type_traits>

namespace pqflow {
namespace detail {

template <typename Type, bool kIsEnum = std::is_enum<Type>::value>
struct MemberInteger {
  typedef Type type;
};

template <typename Type>
struct MemberInteger<Type, true> {
  typedef typename std::underlying_type<Type>::type type;
};

template <typename Type>
constexpr bool member_is_bytes() {
  return std::is_array<Type>::value && std::is_trivially_copyable<Type>::value &&
         !std::is_pointer<typename std::remove_all_extents<Type>::type>::value;
}

template <typename Type>
constexpr bool member_is_struct() {
  return (std::is_class<Type>::value || std::is_union<Type>::value) && std::is_trivially_copyable<Type>::value;
}

template <typename Type>
constexpr pqflow_member_kind scalar_kind() {
  return sizeof(Type) > 8                      ? PQFLOW_MEMBER_UNSUPPORTED
         : std::is_floating_point<Type>::value ? PQFLOW_MEMBER_FLOATING
         : !std::is_integral<Type>::value      ? PQFLOW_MEMBER_UNSUPPORTED
         : std::is_same<Type, char>::value     ? PQFLOW_MEMBER_CHARACTER
         : std::is_signed<Type>::value         ? PQFLOW_MEMBER_SIGNED
                                               : PQFLOW_MEMBER_UNSIGNED;
}

template <typename Type>
constexpr pqflow_member_kind value_kind() {
  return member_is_bytes<Type>()    ? PQFLOW_MEMBER_BYTES
         : member_is_struct<Type>() ? PQFLOW_MEMBER_STRUCT
                                    : scalar_kind<typename MemberInteger<Type>::type>();
}

// decltype of an element of an array is a reference, and so is that of a member that is one: a pointer in the struct's bytes. Only a
// struct of standard layout, which can have no such member, has its references looked through.
template <typename Record, typename Member>
constexpr pqflow_member_kind member_kind() {
  return value_kind<typename std::remove_cv<typename std::conditional<std::is_standard_layout<Record>::value,
                                                                      typename std::remove_reference<Member>::type, Member>::type>::type>();
}

}  // namespace detail
}  // namespace pqflow

#define PQFLOW_MEMBER_SIZE(type, member) sizeof(type::member)
#define PQFLOW_MEMBER_KIND(type, member) (::pqflow::detail::member_kind<type, decltype(type::member)>())
#define PQFLOW_ALIGN_OF(type) alignof(type)

#else

#define PQFLOW_MEMBER_OF(type, member) (((type*)0)->member)
#define PQFLOW_MEMBER_SIZE(type, member) sizeof(PQFLOW_MEMBER_OF(type, member))
#define PQFLOW_ALIGN_OF(type) __alignof__(type)

/* gcc's and clang's numbers of __builtin_classify_type: a pointer (an array decays to one), a struct, a union. */
#define PQFLOW_CLASS_POINTER 5
#define PQFLOW_CLASS_STRUCT 12
#define PQFLOW_CLASS_UNION 13

/* A conditional expression turns an array into a pointer and leaves a pointer what it is: where the type changes, the member is an array.
 */
#define PQFLOW_IS_ARRAY(value)                               \
  (__builtin_classify_type(value) == PQFLOW_CLASS_POINTER && \
   !__builtin_types_compatible_p(__typeof__(value), __typeof__(1 ? (value) : (value))))

#define PQFLOW_IS_STRUCT(value) \
  (__builtin_classify_type(value) == PQFLOW_CLASS_STRUCT || __builtin_classify_type(value) == PQFLOW_CLASS_UNION)

#define PQFLOW_KIND_OF(value)                                 \
  _Generic((value), _Bool                                     \
           : PQFLOW_MEMBER_UNSIGNED, char                     \
           : PQFLOW_MEMBER_CHARACTER, signed char             \
           : PQFLOW_MEMBER_SIGNED, short                      \
           : PQFLOW_MEMBER_SIGNED, int                        \
           : PQFLOW_MEMBER_SIGNED, long                       \
           : PQFLOW_MEMBER_SIGNED, long long                  \
           : PQFLOW_MEMBER_SIGNED, unsigned char              \
           : PQFLOW_MEMBER_UNSIGNED, unsigned short           \
           : PQFLOW_MEMBER_UNSIGNED, unsigned int             \
           : PQFLOW_MEMBER_UNSIGNED, unsigned long            \
           : PQFLOW_MEMBER_UNSIGNED, unsigned long long       \
           : PQFLOW_MEMBER_UNSIGNED, float                    \
           : PQFLOW_MEMBER_FLOATING, double                   \
           : PQFLOW_MEMBER_FLOATING, default                  \
           : PQFLOW_IS_ARRAY(value)    ? PQFLOW_MEMBER_BYTES  \
             : PQFLOW_IS_STRUCT(value) ? PQFLOW_MEMBER_STRUCT \
                                       : PQFLOW_MEMBER_UNSUPPORTED)

#define PQFLOW_MEMBER_KIND(type, member) PQFLOW_KIND_OF(PQFLOW_MEMBER_OF(type, member))

#endif

/* Initializer of one pqflow_member; a constant expression. */
#define PQFLOW_FIELD(type, member) PQFLOW_FIELD_OF_KIND(type, member, #member, PQFLOW_MEMBER_KIND(type, member))

/* The same for a member that bears another name than the schema's, or lies deeper: PQFLOW_FIELD_NAMED(reading, header.time, "time"),
 * PQFLOW_FIELD_NAMED(reading, axes[2], "z"). */
#define PQFLOW_FIELD_NAMED(type, member, name) PQFLOW_FIELD_OF_KIND(type, member, name, PQFLOW_MEMBER_KIND(type, member))

/* The same for an unsigned member that holds what the schema calls signed, a timestamp that a vendor declares as uint64_t for example: its
 * bits are taken as two's complement (UINT64_MAX is -1), and the caller vouches for it. Any other member is refused at open. */
#define PQFLOW_FIELD_AS_SIGNED(type, member, name) \
  PQFLOW_FIELD_OF_KIND(type, member, name,         \
                       PQFLOW_MEMBER_KIND(type, member) == PQFLOW_MEMBER_UNSIGNED ? PQFLOW_MEMBER_SIGNED : PQFLOW_MEMBER_UNSUPPORTED)

#define PQFLOW_FIELD_OF_KIND(type, member, name, kind)                                                                          \
  {                                                                                                                             \
    name, PQFLOW_STATIC_CAST(uint32_t, offsetof(type, member)), PQFLOW_STATIC_CAST(uint32_t, PQFLOW_MEMBER_SIZE(type, member)), \
        PQFLOW_STATIC_CAST(uint8_t, kind), {                                                                                    \
      0, 0, 0, 0, 0, 0, 0                                                                                                       \
    }                                                                                                                           \
  }

/* Initializer of a pqflow_record_layout for `type`, whose members stand in the array `members_array`. */
#define PQFLOW_RECORD_LAYOUT(type, members_array)                                                          \
  {                                                                                                        \
    (members_array), PQFLOW_STATIC_CAST(uint32_t, sizeof(members_array) / sizeof((members_array)[0])),     \
        PQFLOW_STATIC_CAST(uint32_t, sizeof(type)), PQFLOW_STATIC_CAST(uint32_t, PQFLOW_ALIGN_OF(type)), 0 \
  }

#endif
