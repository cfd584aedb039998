// Giac at one job; see cplusplus.h.
// Giac's macros decide how its numbers lie in memory, so that its config.h stands first.
#include <giac/config.h>
#include <giac/giac.h>
#include "cplusplus.h"

struct Peer {
  giac::context context;
  giac::vecteur names, numbers;

  explicit Peer(const Job &job) {
    for (const auto &[name, value] : job.values) {
      names.push_back(giac::gen(giac::identificateur(name)));
      numbers.push_back(giac::gen(value));
    }
  }
  giac::gen read(const std::string &text) { return giac::eval(giac::gen(text, &context), 1, &context); }
  giac::gen ready(const Job &job) {
    giac::vecteur known, definitions;
    giac::gen last;
    for (const auto &[name, text] : job.lets) {
      last = giac::subst(giac::gen(text, &context), known, definitions, false, &context);
      known.push_back(giac::gen(giac::identificateur(name)));
      definitions.push_back(last);
    }
    return last;
  }
  giac::gen derivative(const giac::gen &of, const std::string &by) {
    // A quotient comes out with a derivative still to be evaluated.
    return giac::eval(giac::derive(of, giac::gen(giac::identificateur(by)), &context), 1, &context);
  }
  giac::gen simplest(const giac::gen &part) { return giac::normal(part, &context); }
  bool isZero(const giac::gen &left, const giac::gen &right) {
    return giac::is_zero(giac::_simplify(left - right, &context), &context);
  }
  double value(const giac::gen &part) {
    return giac::evalf_double(giac::subst(part, names, numbers, false, &context), 1, &context)
        .DOUBLE_val();
  }
  std::string text(const giac::gen &part) { return part.print(&context); }
  void begin() {}
  static const char *shortWay() { return "normal"; }
  static const char *equalWay() { return "simplify the difference"; }
  using Part = giac::gen;
};

int main() { return run<Peer>(); }
