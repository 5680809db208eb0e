// One side of a comparison as a process of its own: it prepares its records, says which variants it has, and runs one whenever it is told
// to. The harness (scripts/bench/contenders.mjs) asks one contender after the other, so that rivals meet the same moments of the machine
// and none needs to be linked with another. A line in, a line out:
//
//   out  {"version": "…", "variants": ["plain_cpu", …]}
//   in   plain_cpu
//   out  {"elapsed_ns": 123, "size_bytes": 456}   or   {"error": "…"}
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

namespace bench {

struct Outcome {
  uint64_t elapsed_ns;
  uint64_t size_bytes;
};

struct Variant {
  std::string name;
  std::function<Outcome()> run;
};

inline std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      result += '\\';
    }
    result += static_cast<unsigned char>(character) < ' ' ? ' ' : character;
  }
  return result + '"';
}

inline void print_variants(const std::string& version, const std::vector<Variant>& variants) {
  std::cout << "{\"version\": " << quoted(version) << ", \"variants\": [";
  for (size_t index = 0; index < variants.size(); ++index) {
    std::cout << (index == 0 ? "" : ", ") << quoted(variants[index].name);
  }
  std::cout << "]}" << std::endl;
}

inline void run_one(const std::vector<Variant>& variants, const std::string& name) {
  for (const Variant& variant : variants) {
    if (variant.name == name) {
      const Outcome outcome = variant.run();
      std::cout << "{\"elapsed_ns\": " << outcome.elapsed_ns << ", \"size_bytes\": " << outcome.size_bytes << "}" << std::endl;
      return;
    }
  }
  std::cout << "{\"error\": " << quoted("no variant is named " + name) << "}" << std::endl;
}

// Until standard input ends.
inline void serve(const std::string& version, const std::vector<Variant>& variants) {
  print_variants(version, variants);
  for (std::string name; std::getline(std::cin, name);) {
    try {
      run_one(variants, name);
    } catch (const std::exception& error) {
      std::cout << "{\"error\": " << quoted(error.what()) << "}" << std::endl;
    }
  }
}

}  // namespace bench
