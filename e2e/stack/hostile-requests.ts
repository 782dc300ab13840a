/** Parts of requests that no browser sends. */
export const methods = 'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE PROPFIND'.split(' ')
export const methodsWithBody = ['POST', 'PUT', 'PATCH']

export const badTargets = [
  '*',
  'x',
  'foo://x',
  'foo:bar',
  'http:/evil.example',
  'http:evil',
  '\\\\evil.example',
  '%2f',
  '?x',
]
export const badPaths = [
  ...[
    '/%',
    '/%f',
    '/%ff',
    '/%c0%af',
    '/%ed%a0%80',
    '/%00',
    '/%0d%0aX:y',
    '/x\\y',
    '/\\evil.example',
    '/\x80',
    '/é',
  ],
  ...[
    '/_next/static/%',
    '/_next/static/%00',
    '/demo/film%',
    '/demo/film%00.mp4',
    '/_next/image?url=%2F%2Fevil&w=64&q=75',
  ],
  ...[
    '/_next/image?url=//evil.example/x//y&w=64&q=75',
    '/_global-error',
    '/_not-found',
    `/${'a'.repeat(10_000)}`,
  ],
]

export const hostileParts = [
  '%',
  '%00',
  '%2f',
  '%2F..%2F',
  '%ff',
  '%ed%a0%80',
  '\xed\xa0\x80',
  '..',
  '.',
  '__proto__',
]
export const longPart = 'a'.repeat(10_000)
export const queries = [
  '?%',
  '?token=%',
  '?token=%00',
  '?token=a&token=b',
  '?token=%ed%a0%80',
  '?token[x]=1',
  '?&=&=',
  '?\xff',
]
export const internalQueries = [
  '?nxtPform=x&nxtPslug=x&nxtPreference=%00',
  '?__nextLocale=x&__nextDataReq=1&_rsc=%',
  '?amp=1',
]
export const bodies: [string, string][] = [
  ['application/json', '{"a":"\0"}'],
  [
    'application/json',
    '{"token":"\\ud800","code":"\\u0000","email":"\\u0000","name":"\\ud800","days":"\\u0000"}',
  ],
  ['application/x-www-form-urlencoded', 'token=%00&code=%00&email=%00&pass=%00&name=%00'],
  ['application/x-www-form-urlencoded', 'token=%&code=%&email=%&$ACTION_ID_x=&$ACTION_REF_1=&$ACTION_1:0={}'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="$ACTION_ID_x"\r\n\r\n1\r\n--x--\r\n',
  ],
  ['multipart/form-data', 'x'],
  ['text/plain;charset=UTF-8', '["$F1"]'],
  ['\xff', '\xff'],
]
