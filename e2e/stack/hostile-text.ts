/**
 * Texts that make backtracking patterns slow: long runs that almost match, with a last character that does not.
 * Each function returns a text of about `length` UTF-16 units.
 */
type Shape = (length: number) => string

const run =
  (unit: string, start = '', end = ''): Shape =>
  (length) =>
    start + unit.repeat(Math.ceil(length / unit.length)) + end

const runsOf = (units: string[]): Record<string, Shape> =>
  Object.fromEntries(units.map((unit) => [`a, many ${JSON.stringify(unit)}, a!`, run(unit, 'a', 'a!')]))

export const hostileTexts: Record<string, Shape> = {
  'digits, blanks and !': run(' ', '7605550134', '!'),
  'digits, tabs and !': run('\t', '7605550134', '!'),
  '+1 1 1': run('1 ', '+'),
  '+1 1 1 and !': run('1 ', '+', '!'),
  extensions: run('x1', '', '!'),
  'ext ext': run('ext ', '1'),
  'a@a@a@': run('a@'),
  'a.a.a.@': run('a.', '', '@'),
  'a@a.a.a.': run('a.', 'a@'),
  'an address in blanks': run(' ', 'jane@example.com', 'x'),
  'a+a+a@gmail.com': run('a+', '', '@gmail.com'),
  '-a-a-a': run('-a'),
  '%40%40': run('%40'),
  quotes: run('\\"'),
  'a quote and backslashes': run('\\', '"'),
  'names and colons': run('":"'),
  '<main>': run('<main>'),
  '<main ': run('<main '),
  '</main><main>': run('</main><main>'),
  '<title>': run('<title>'),
  '<script>': run('<script>'),
  'encoded words': run('=?utf-8?q?=0d=0aBcc:_a@b.example?='),
  '=?=?': run('=?'),
  'combining characters': run('\u0301', 'e'),
  'joined emoji': run('👩\u200d⚕\ufe0f'),
  links: run('http://'),
  'BBCode links': run('[url='),
  headings: run('[#a', '', ']'),
  'blanks and [#': run(' ', 'a', '[#'),
  CRLF: run('\r\n'),
  'A-A-A': run('A-'),
  'America/America': run('America/'),
  'spans of seconds': run('0-1,', '', '!'),
  '../a': run('../a/'),
  'quality values': run('br;q=0,'),
  'Bearer and blanks': run(' ', 'Bearer', 'a b'),
  'a media type and blanks': run(' ', 'multipart/form-data', ';x'),
  parameters: run(';a="', 'application/json'),
  ranges: run('0-0,', 'bytes='),
  cookies: run('ts_visitor=a; '),
  ...runsOf([...'a1 .-"\\;,/[]\u00a0\u200d\u0130👩']),
}

/** The same with other characters that a pattern of ours or of a library treats specially. */
export const moreHostileTexts: Record<string, Shape> = {
  ...hostileTexts,
  ...runsOf([..."Ax\t_@+%<>=?#:()&'*~!\n\r\0\u0085\u2028\u200b\u202e\ufe0f\ud800\uff11\uff0d\u2013"]),
  ...runsOf(['\u0301', '🇺🇸']),
}
