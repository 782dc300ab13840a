import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** The number in E.164 (`+17603345013`), US where no country is given; undefined when it can't be told. */
export function toE164(typed: string): string | undefined {
  const parsed = parsePhoneNumberFromString(typed, 'US')
  return parsed?.isPossible() ? parsed.number : undefined
}
