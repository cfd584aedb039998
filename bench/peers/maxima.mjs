/** Maxima at one job: the job as a script for its standard input, and what it prints. */
import { objectsIn, tokensIn } from '../measure.mjs';

const timed = (work, seconds) => [
  't0: elapsed_run_time()$ n: 0$',
  `for i thru 500 while n = 0 or elapsed_run_time() - t0 < ${seconds} do (${work}, n: n + 1)$`,
  'ms: 1000.0 * (elapsed_run_time() - t0) / n$',
];
/** Printing by Lisp: `printf` stands in a package that need not be installed. */
const print = (...parts) => [...parts.map((part) => `?princ(${part})$`), '?terpri()$'].join(' ');
const say = (name, value) => print(`"{\\"${name}\\":"`, value, '"}"');

/** Its clock has hundredths of a second, so that the mean of all calls is taken. */
export function maximaScript(job) {
  const point = Object.entries(job.values ?? {}).map(([name, value]) => `${name}=${value}`);
  const number = (part) => `float(subst(point, ${part}))`;
  const head = ['display2d: false$', 'fpprintprec: 16$', `point: [${point}]$`];
  switch (job.task) {
    case 'equal':
      return [
        ...head,
        ...Object.entries({
          'ratsimp of the difference': (part) => `is(ratsimp(${part}) = 0)`,
          'exponentialize, radcan': (part) => `is(radcan(exponentialize(${part})) = 0)`,
        }).flatMap(([how, work]) =>
          job.pairs.flatMap(({ name, left, right }) => [
            `difference: (${left}) - (${right})$`,
            ...timed(`verdict: ${work('difference')}`, job.seconds),
            print(
              `"{\\"${how}: ${name}\\":{\\"how\\":\\"${how}\\",\\"name\\":\\"${name}\\",\\"ms\\":"`,
              'ms',
              '",\\"equal\\":"',
              'string(verdict)',
              '"}}"',
            ),
          ]),
        ),
        '',
      ].join('\n');
    default:
      return [
        ...head,
        ...job.lets.map(([name, text]) => `${name}: ${text}$`),
        `by: [${job.by}]$`,
        ...timed('found: map(lambda([name], diff(cost, name)), by)', job.seconds),
        say('ms', 'ms'),
        say('values', `string(map(lambda([part], ${number('part')}), found))`),
        'for part in found do (?princ("TEXT "), ?princ(string(part)), ?terpri())$',
        ...(job.simplified
          ? [
              ...timed('part: ratsimp(found[1])', job.seconds),
              print('"SHORT "', 'ms', '" "', 'string(part)'),
              say('shortValue', `string(${number('part')})`),
            ]
          : []),
        say('done', '1'),
        '',
      ].join('\n');
  }
}

export function maximaOutput(text) {
  const lines = text.split('\n');
  const found = objectsIn(text);
  const texts = lines.filter((line) => line.startsWith('TEXT '));
  if (texts.length > 0 && found.done)
    found.tokens = texts.reduce((sum, line) => sum + tokensIn(line.slice(5)), 0);
  const short = lines.find((line) => line.startsWith('SHORT '));
  if (short) {
    const [, ms, part] = short.match(/^SHORT (\S+) (.*)$/);
    found.short = {
      how: 'ratsimp',
      ms: Number(ms),
      tokens: tokensIn(part),
      values: [found.shortValue],
    };
  }
  return found;
}
