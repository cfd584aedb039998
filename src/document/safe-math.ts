/**
 * Which LaTeX may stand in mathematics. Formulas that the engine writes pass; what an author typed
 * between dollars passes only if every control sequence in it is known to set mathematics and
 * nothing else. LaTeX reads files, runs programs and redefines itself through control sequences, so
 * this is a list of what may stand, not of what may not.
 */

const commands = new Set(
  `alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi
  varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi
  Sigma Upsilon Phi Psi Omega ell hbar imath jmath nabla partial infty emptyset varnothing aleph
  frac dfrac tfrac cfrac binom sqrt sum prod int oint lim limits nolimits max min sup inf arg det exp
  log ln lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth deg dim gcd ker Pr
  operatorname mathrm mathbf mathit mathsf mathtt mathbb mathcal mathscr mathfrak boldsymbol bm text
  textbf textit textrm texttt hat widehat bar overline tilde widetilde vec dot ddot underline
  overbrace underbrace overset underset stackrel cdot cdots ldots dots vdots ddots times div pm mp ast
  star circ bullet odot oplus otimes ominus oslash wedge vee cap cup setminus in notin ni subset
  subseteq supset supseteq le leq ge geq ne neq lt gt ll gg equiv approx sim simeq cong propto mid
  parallel perp to gets mapsto leftarrow rightarrow leftrightarrow Leftarrow Rightarrow
  Leftrightarrow longrightarrow Longrightarrow implies iff uparrow downarrow therefore because forall
  exists neg lnot land lor top bot left right middle big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm
  biggl biggr Biggl Biggr lvert rvert lVert rVert vert Vert langle rangle lfloor rfloor lceil rceil
  lbrace rbrace lbrack rbrack quad qquad displaystyle textstyle scriptstyle prime dagger square Box
  blacksquare checkmark colon coloneqq boxed substack intercal begin end allowbreak hphantom
  phantom space nonumber notag`.split(/\s+/),
);

const environments = new Set(
  'aligned alignedat gathered split cases matrix pmatrix bmatrix vmatrix Vmatrix smallmatrix array'.split(
    ' ',
  ),
);

/** `\\`, `\,`, `\{` ... */
const symbolCommands = /^[\\,;:!| {}%&#_>$]$/;

/** Characters of mathematics that are no control sequences; `^^` is TeX's way to name a character. */
const unsafe = /\^\^|[%#$~]|\n\s*\n|[^\S\n ]|[^\n -~\u00a0-\uffff]/;

/** TeX gives up at 255 groups inside each other; a page has groups of its own around a formula. */
const DEEPEST_GROUP = 150;

/** Whether LaTeX, as the content of a formula, sets mathematics and does nothing else. */
export function isSafeMath(latex: string): boolean {
  let depth = 0;
  const rest = latex.replace(/\\([A-Za-z]+\*?|[\s\S])|([{}])/g, (_whole, command, brace) => {
    if (brace === '{') depth += depth < DEEPEST_GROUP ? 1 : Number.NEGATIVE_INFINITY;
    else if (brace === '}') depth = depth <= 0 ? Number.NEGATIVE_INFINITY : depth - 1;
    else if (!isKnown(String(command))) depth = Number.NEGATIVE_INFINITY;
    return '';
  });
  if (depth !== 0 || rest.includes('\\') || unsafe.test(rest)) return false;
  return [...latex.matchAll(/\\(?:begin|end)\s*(\{[^}]*\}?|.?)/g)].every(([, name]) =>
    environments.has((name ?? '').slice(1, -1)),
  );
}

const isKnown = (command: string): boolean =>
  /^[A-Za-z]/.test(command)
    ? commands.has(command.replace(/\*$/, ''))
    : symbolCommands.test(command);
