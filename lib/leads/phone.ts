import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The number in E.164 (`+17603345013`), with the US as default country; undefined where it can't be parsed. */
export function toE164(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, 'US')
  return parsed?.isPossible() ? parsed.number : undefined
}
