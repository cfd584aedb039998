// GiNaC at one job; see cplusplus.h.
#include <ginac/ginac.h>
#include "cplusplus.h"

using GiNaC::ex;

struct Peer {
  GiNaC::symtab base, table;
  std::map<std::string, GiNaC::symbol> symbols;
  GiNaC::exmap numbers;

  explicit Peer(const Job &job) {
    for (const auto &[name, value] : job.values) {
      GiNaC::symbol made(name);
      symbols.emplace(name, made);
      base[name] = made;
      numbers[made] = value;
    }
  }
  ex read(const std::string &text) {
    GiNaC::parser reader(table, true);
    return reader(text);
  }
  ex ready(const Job &job) {
    table = base;
    ex last;
    for (const auto &[name, text] : job.lets) table[name] = last = read(text);
    return last;
  }
  ex derivative(const ex &of, const std::string &by) { return of.diff(symbols.at(by)); }
  ex simplest(const ex &part) { return part.normal(); }
  bool isZero(const ex &left, const ex &right) { return (left - right).normal().is_zero(); }
  double value(const ex &part) {
    return GiNaC::ex_to<GiNaC::numeric>(part.subs(numbers).evalf()).to_double();
  }
  std::string text(const ex &part) {
    std::ostringstream out;
    out << part;
    return out.str();
  }
  void begin() { table = base; }
  static const char *shortWay() { return "normal"; }
  static const char *equalWay() { return "normal of the difference"; }
  using Part = ex;
};

int main() { return run<Peer>(); }
