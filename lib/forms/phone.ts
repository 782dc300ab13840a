import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { toPlainText } from '#lib/forms/typed-text'

/** `e164`: such as `+17603345013`. */
type Phone = { e164: string; extension?: string }

/** The digits of E.164, as in the database's check. Some national plans allow more. */
const E164 = /^\+[1-9]\d{6,14}$/
/** Longer texts are refused unread. In UTF-16 code units. */
const MAX_TEXT = 600
/** 1-800-FLOWERS: a US area code, and seven or eight letters or digits, of which at most three digits come first. */
const LETTERED = /^(?:\+?1[-. ]*)?\(?([2-9]\d\d)\)?[-. ]*(?=(?:\d[-. ]*){0,3}[a-z])((?:[a-z\d][-. ]*){7,8})$/i
/** Fewer letters are a slip, not a word. */
const WORD = /(?:[a-z][-. ]*){3}/i
/** As far as the first letters after a digit. */
const TO_LETTERS = /^\D*\d\P{LC}*\p{LC}+\d?/u
/** One or two letters that touch a digit, such as O for 0 and S for 5. */
const SLIP = /(?:\d\p{LC}{1,2}|\P{LC}\p{LC}{1,2}\d)$/u
/** The start of an extension, which is not part of a lettered number. */
const EXTENSION = /[;,#]|\bext|\bx\W*\d/i
const KEYS = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

/**
 * Reads one telephone number, with the US as default country, as libphonenumber judges it. Numbers of +1 need a valid
 * area code; elsewhere a possible length is enough, because national plans change.
 */
export function readPhone(typed: string): Phone | undefined {
  const parsed = parse(typed)
  if (!parsed || !E164.test(parsed.number)) return undefined
  const dialable = parsed.countryCallingCode === '1' ? parsed.isValid() : parsed.isPossible()
  return dialable ? { e164: parsed.number, extension: parsed.ext } : undefined
}

/** Why a number is refused; undefined if it can be dialed. */
export function phoneFault(typed: string): string | undefined {
  if (readPhone(typed)) return undefined
  const parsed = parse(typed)
  const local = parsed?.countryCallingCode === '1' && /^1?\d{7}$/.test(parsed.nationalNumber)
  return local
    ? 'Add the area code, such as (760) 555-0134.'
    : 'Enter one phone number with its area code, such as (760) 555-0134, or leave this blank.'
}

function parse(typed: string): PhoneNumber | undefined {
  if (typed.length > MAX_TEXT) return undefined
  const text = toDigits(
    withoutContext(toPlainText(typed))
      // "(office)"
      .replace(/\([^()\d]*\)/g, ' ')
      .replace(/[·•∙⋅・_|]/g, ' ')
      // 00 is the international prefix in most countries, and starts no US number.
      .replace(/^(?:tel:)?00(?=[1-9])/i, '+')
      .trim(),
  )
  const parsed = parsePhoneNumberFromString(text, 'US')
  if (parsed?.isPossible() || /\p{L}/u.test(text)) return parsed
  // Separators that the library does not know: 760,555,0134.
  return parsePhoneNumberFromString(text.replace(/[^\d+]+/g, ' '), 'US') ?? parsed
}

/** A local number of RFC 3966, with what it is local to before it. The library reads that right only the first time. */
function withoutContext(text: string): string {
  const [context, code = ''] = /;phone-context=(\+[\d-]+)?[^;]*/i.exec(text) ?? []
  return context ? code + text.replace(context, '').replace(/^tel:/i, '') : text
}

/** Letters of a lettered number as the digits of their keys. A letter typed for a digit leaves no number. */
function toDigits(text: string): string {
  const at = text.search(EXTENSION)
  const [number, rest] = at < 0 ? [text, ''] : [text.slice(0, at).trim(), text.slice(at)]
  const [, area, letters] = LETTERED.exec(number) ?? []
  if (!area || !letters || !WORD.test(letters))
    return SLIP.test(TO_LETTERS.exec(number)?.[0] ?? '') ? '' : text
  const digits = letters.toLowerCase().replace(/[a-z]/g, (letter) => String(keyOf(letter)))
  // Telephones ignore what is dialed after the tenth digit.
  return `${area}${digits.replace(/\D/g, '').slice(0, 7)} ${rest}`
}

function keyOf(letter: string): number {
  return KEYS.findIndex((key) => key.includes(letter)) + 2
}
