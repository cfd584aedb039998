/** One scanner for plain math and LaTeX; what differs is decided by tables. */
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import {
  accentCommands,
  alphabetCommands,
  functionCommands,
  grammarCommands,
  ignoredCommands,
  ignoredWithArgument,
  letterCommands,
  operatorCommands,
  operatorMarks,
  textCommands,
  transparentCommands,
} from './commands.js';
import { checked, letterOfAlphabet, uprightName } from './name-letters.js';
import { ReadError } from './problem.js';
import {
  LONGEST_EXPANSION,
  MACRO_DEPTH,
  type Macro,
  type Macros,
  MOST_EXPANSIONS,
  NUMBER,
  SCRIPT,
  SIGNS_BY_START,
  SINGLE,
  UNDERSCORED,
  WORD,
  WORDS_OF_TEXT,
} from './spelling.js';
import { type Marks, sideBySide, type Token, type TokenKind } from './token.js';
import { unicodeTokens } from './unicode.js';

export class Scanner {
  private at = 0;
  private spaced = false;
  newline = false;
  private readonly out: Token[] = [];
  private before: Token | undefined;

  constructor(
    private readonly text: string,
    private readonly place: (at: number) => { line: number; column: number },
    private readonly macros: Macros,
    private readonly depth: number,
    private readonly budget: { left: number } = { left: MOST_EXPANSIONS },
  ) {}

  all(before?: Token): Token[] {
    this.before = before;
    this.spaced = this.newline;
    while (this.at < this.text.length) this.next();
    return this.out;
  }

  private previous(): Token | undefined {
    return this.out.at(-1) ?? this.before;
  }

  private push(kind: TokenKind, text: string, start: number, latex = false, marks?: Marks) {
    const length = Math.max(1, this.at - start);
    const { line, column } = this.place(start);
    const token = checked({ kind, text, line, column, length, spaced: this.spaced, latex });
    this.out.push(marks ? { ...token, ...marks } : token);
    this.spaced = false;
  }

  private next() {
    const start = this.at;
    const rest = this.text.slice(start, start + 400);
    const sign = this.text[start] as string;
    if (/\s/.test(sign)) {
      this.at += 1;
      this.spaced = true;
      return;
    }
    if (sign === '\\') return this.command();
    const previous = this.previous();
    const afterScript =
      previous?.kind === 'operator' &&
      (previous.text === '_' || previous.text === '^') &&
      !previous.latex;
    if (afterScript) {
      const blank = /^___/.exec(rest);
      const run = blank ? null : SCRIPT.exec(rest);
      if (run) {
        const decimal = previous.text === '^' && !this.spaced ? /^\d+\.\d+/.exec(rest) : null;
        const text = decimal ? decimal[0] : run[0];
        this.at += text.length;
        return this.push(/^[\d.]+$/.test(text) ? 'number' : 'word', text, start);
      }
    }
    if (sign === '_') {
      const blank = /^_{3,}/.exec(rest)?.[0];
      this.at += blank?.length ?? 0;
      if (blank) return this.push('command', 'blank', start);
    }
    if (/[A-Za-z]/.test(sign)) return this.word(rest, start);
    const numeral = /[\d.]/.test(sign) ? NUMBER.exec(rest) : null;
    if (numeral) {
      this.at += numeral[0].length;
      return this.push('number', numeral[0], start);
    }
    const longer = SIGNS_BY_START.get(sign)?.find((candidate) => rest.startsWith(candidate));
    if (longer) {
      this.at += longer.length;
      if (longer === '~') {
        this.spaced = true;
        return;
      }
      const plain = longer === '==' ? '=' : longer === '**' ? '^' : longer;
      return this.push('operator', plain, start);
    }
    if (SINGLE.includes(sign)) {
      this.at += 1;
      if (sign === '$' || sign === '`') return;
      return this.push('operator', sign, start);
    }
    if (sign === '.') {
      this.at += 1;
      // A full stop after a formula is punctuation of the text around it.
      if (/^\s*(?:\\\\|\\end|\\tag|\\label|$)/.test(this.text.slice(this.at, this.at + 20))) return;
      return this.push('operator', '.', start);
    }
    return this.unicode(start);
  }

  /** A word, or one of the names with an underscore in them; `rest` opens with a letter. */
  private word(rest: string, start: number) {
    const underscored = UNDERSCORED.find(
      (name) => rest.startsWith(name) && !/^\w/.test(rest.slice(name.length)),
    );
    const text = underscored ?? (WORD.exec(rest) as RegExpExecArray)[0];
    this.at += text.length;
    return this.push(underscored ? 'name' : 'word', text, start);
  }

  private unicode(start: number) {
    const sign = String.fromCodePoint(this.text.codePointAt(start) as number);
    this.at += sign.length;
    const tokens = unicodeTokens(sign);
    if (tokens) {
      const marks = operatorMarks.get(sign);
      for (const { kind, text, latex } of tokens) this.push(kind, text, start, latex, marks);
      return;
    }
    if (/[\u200b\u00a0\ufeff]/.test(sign)) return;
    throw new ReadError(
      { ...this.place(start), length: 1 },
      `the character ${JSON.stringify(sign)} is not part of a formula`,
    );
  }

  /** The text of the group or single token that starts at `at`, and where it ends. */
  private argument(): { text: string; from: number } {
    while (/[\s]/.test(this.text[this.at] ?? '')) this.at += 1;
    const sign = this.text[this.at];
    if (sign === undefined) return { text: '', from: this.at };
    if (sign === '{') return this.group('{', '}');
    const from = this.at;
    const single =
      sign === '\\' ? /^\\(?:[A-Za-z]+|.)/.exec(this.text.slice(from, from + 60)) : null;
    this.at += single ? single[0].length : sign.length;
    // An accent keeps its own argument: \hat\mathbf{x}.
    const inner = single ? single[0].slice(1) : '';
    const takes =
      transparentCommands.has(inner) ||
      alphabetCommands.has(inner) ||
      accentCommands.has(inner) ||
      textCommands.has(inner);
    if (takes) this.argument();
    return { text: this.text.slice(from, this.at), from };
  }

  private group(open: string, close: string): { text: string; from: number } {
    const from = this.at + 1;
    let depth = 0;
    for (let at = this.at; at < this.text.length; at += 1) {
      const sign = this.text[at];
      if (sign === '\\') at += 1;
      else if (sign === open) depth += 1;
      else if (sign === close) {
        depth -= 1;
        if (depth === 0) {
          this.at = at + 1;
          return { text: this.text.slice(from, at), from };
        }
      }
    }
    throw new ReadError(
      { ...this.place(this.at), length: 1 },
      `this "${open}" is never closed: expected "${close}" before the end of the line`,
    );
  }

  /** Tokens of a part of this text. */
  private inner(part: { text: string; from: number }): Token[] {
    const scanner = new Scanner(
      part.text,
      (at) => this.place(part.from + at),
      this.macros,
      this.depth + 1,
      this.budget,
    );
    if (this.depth > 200)
      throw new ReadError(
        this.place(part.from),
        'brackets are nested more than 200 deep; name parts of the formula',
      );
    return scanner.all();
  }

  private pushAll(tokens: readonly Token[]) {
    tokens.forEach((token, place) => {
      this.out.push(place === 0 ? { ...token, spaced: this.spaced } : token);
    });
    this.spaced = false;
  }

  private command() {
    const start = this.at;
    const match = /^\\([A-Za-z]+\*?|[\s\S])/.exec(this.text.slice(start, start + 80));
    const name = (match?.[1] ?? '').replace(/\*$/, '');
    this.at += match ? match[0].length : 1;
    const macro = this.macros.get(name);
    if (macro) return this.expand(name, macro, start);
    if (name === '' || /\s/.test(name) || name === '-' || name === '/') {
      this.spaced = true;
      return;
    }
    if (ignoredCommands.has(name)) {
      this.spaced = true;
      // `\left.` and `\right.` draw nothing.
      if (/^(left|right|middle|[bB]ig)/.test(name) && /^\s*\./.test(this.text.slice(this.at)))
        this.at += (/^\s*\./.exec(this.text.slice(this.at)) as RegExpExecArray)[0].length;
      return;
    }
    if (ignoredWithArgument.has(name)) {
      this.argument();
      this.spaced = true;
      return;
    }
    if (name === 'textcolor' || name === 'overset' || name === 'underset' || name === 'stackrel') {
      this.argument();
      const kept = this.argument();
      return this.pushAll(this.inner(kept));
    }
    if (name === 'underbrace' || name === 'overbrace') {
      const kept = this.argument();
      const script = /^\s*[_^]/.exec(this.text.slice(this.at, this.at + 40));
      if (script) {
        this.at += script[0].length;
        this.argument();
      }
      return this.grouped(kept, start);
    }
    if (name === 'substack') return this.pushAll(sideBySide(this.inner(this.argument())));
    if (name === 'begin' || name === 'end') {
      const environment = this.argument().text.trim().replace(/\*$/, '');
      if (name === 'begin' && environment === 'array') this.argument();
      if (name === 'begin' && environment === 'alignedat') this.argument();
      return this.push('command', `${name}:${environment}`, start, true);
    }
    if (name === 'operatorname' || textCommands.has(name)) return this.upright(name, start);
    if (alphabetCommands.has(name)) return this.alphabet(name, start);
    const accent = accentCommands.get(name);
    if (accent !== undefined) return this.accented(accent, start);
    if (transparentCommands.has(name)) {
      const kept = this.argument();
      const tokens = this.inner(kept);
      const only = tokens.length === 1 ? tokens[0] : undefined;
      if (only && (only.kind === 'word' || only.kind === 'name'))
        return this.push('name', only.text, start, true);
      if (only?.kind === 'number') {
        if (only.text === '1' && name !== 'cancel')
          return this.push('command', 'bold-one', start, true);
        return this.push('number', only.text, start, true);
      }
      return this.grouped(kept, start);
    }
    const operator = operatorCommands.get(name);
    if (operator !== undefined) {
      if (operator === '\\\\') {
        const gap = /^\s*\[[^\]]*(?:pt|em|ex|cm|mm)\]/.exec(this.text.slice(this.at, this.at + 40));
        if (gap) this.at += gap[0].length;
      }
      return this.push('operator', operator, start, true, operatorMarks.get(name));
    }
    const grammar = grammarCommands.get(name);
    if (grammar !== undefined) return this.push('command', grammar, start, true);
    if (name === 'infty') return this.push('name', 'infinity', start, true);
    if (letterCommands.has(name) || functionCommands.has(name))
      return this.push('name', name, start, true);
    if (functionNamed(name) || familyFunctionNames.has(name))
      return this.push('name', name, start, true);
    if (name === 'lim') return this.push('command', 'lim', start, true);
    if (name === '#' || name === '_' || name === '%' || name === '$') return;
    throw new ReadError(
      { ...this.place(start), length: name.length + 1 },
      `unknown LaTeX command "\\${name}"; define it with \\newcommand, or write \\operatorname{${name}} for a function`,
    );
  }

  /** A group that stays one factor when it holds more than one token. */
  private grouped(part: { text: string; from: number }, start: number) {
    const tokens = this.inner(part);
    if (
      tokens.length <= 1 ||
      tokens.some((token) => /^(=|<|>|<=|>=|!=|:=)$/.test(token.text) && token.kind === 'operator')
    )
      return this.pushAll(tokens);
    const sum = tokens.some(
      (token) => token.kind === 'operator' && (token.text === '+' || token.text === '-'),
    );
    if (!sum) return this.pushAll(tokens);
    this.push('operator', '(', start, true);
    this.out.push(...tokens);
    this.push('operator', ')', this.at - 1, true);
  }

  private upright(name: string, start: number) {
    const { text, from } = this.argument();
    const trimmed = text.trim();
    const plain = trimmed.replace(/\\[,;:! ]/g, '');
    if (name === 'mathrm' && (plain === 'd' || plain === 'T')) {
      if (plain === 'T') return this.push('command', 'top', start, true);
      return this.push('word', 'd', start);
    }
    const dollars = /\$/.test(text);
    if (
      dollars ||
      (name !== 'operatorname' &&
        name !== 'mathrm' &&
        (/\s/.test(trimmed) || WORDS_OF_TEXT.has(plain.toLowerCase())))
    ) {
      // Words, with the formulas between them: `\text{if $z > 0$}`.
      for (const part of text.matchAll(/\$([^$]*)\$|[^$]+/g)) {
        const index = part.index ?? 0;
        if (part[1] !== undefined)
          this.pushAll(this.inner({ text: part[1], from: from + index + 1 }));
        else this.push('text', part[0].trim(), start, true);
      }
      return;
    }
    if (trimmed === '') {
      this.spaced = true;
      return;
    }
    const upright = uprightName(plain);
    if (upright !== undefined) return this.push('name', upright, start, true);
    if (/^[.,;:]+$/.test(trimmed)) return;
    if (name === 'mathrm' || name === 'mathbf') return this.pushAll(this.inner({ text, from }));
    this.push('text', trimmed, start, true);
  }

  private alphabet(name: string, start: number) {
    const letter = letterOfAlphabet(name, this.argument().text, this.place(start));
    const one = name === 'mathbb' || name === 'mathds' || name === 'mathbbm';
    if (one && /^[RNZ]$/.test(letter)) return this.push('name', letter, start, true);
    if (one && /^[1I]$/.test(letter)) return this.push('command', 'bold-one', start, true);
    this.push('name', `\\${name}{${letter}}`, start, true);
  }

  private accented(accent: string, start: number) {
    const part = this.argument();
    const tokens = this.inner(part);
    const first = tokens[0];
    if (!first || (first.kind !== 'word' && first.kind !== 'name'))
      throw new ReadError(
        { ...this.place(start), length: this.at - start },
        `expected a name under this accent`,
      );
    this.push('name', `${first.text}${accent}`, start, true);
    this.out.push(...tokens.slice(1));
  }

  private expand(name: string, macro: Macro, start: number) {
    let body = macro.body;
    for (let place = 1; place <= macro.arguments; place += 1) {
      const argument = this.argument();
      body = body.replaceAll(`#${place}`, ` ${argument.text} `.replace(/^ (.*) $/s, '$1'));
    }
    this.budget.left -= 1;
    if (this.budget.left < 0 || this.depth >= MACRO_DEPTH || body.length > LONGEST_EXPANSION)
      throw new ReadError(
        { ...this.place(start), length: name.length + 1 },
        `the macro \\${name} expands without end; define it through commands that do not use it`,
      );
    const length = this.at - start;
    const scanner = new Scanner(
      body,
      () => this.place(start),
      this.macros,
      this.depth + 1,
      this.budget,
    );
    this.pushAll(scanner.all(this.previous()).map((token) => ({ ...token, length })));
  }
}
