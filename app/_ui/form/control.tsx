import type { UseFormRegisterReturn } from 'react-hook-form'
import { type FieldName, fieldOf } from '#lib/forms/fields'

type ControlProps = {
  id: string
  name: FieldName
  value?: string
  registration?: UseFormRegisterReturn
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
}

const box =
  'mt-1.5 block w-full min-h-12 scroll-mt-32 rounded-control border border-control bg-surface px-3.5 py-2.5 text-ink aria-invalid:border-2 aria-invalid:border-danger'

/**
 * The native, uncontrolled control of a field, so that text typed before the script runs stays. No `maxlength`: it
 * would silently cut pasted text; the schema reports the limit.
 */
export function Control({ name, value, registration, ...rest }: ControlProps) {
  const field = fieldOf(name)
  const { autocomplete: autoComplete, inputMode } = field
  const common = { ...rest, name, autoComplete, inputMode, ...registration }
  if (field.kind === 'consent') {
    const ticked = value !== undefined && value !== '' && value !== 'false'
    return <input type="checkbox" defaultChecked={ticked} className="tick scroll-mt-32" {...common} />
  }
  if (field.kind === 'text') return <textarea rows={5} defaultValue={value} className={box} {...common} />
  if (field.kind === 'choice') {
    return (
      <select defaultValue={value ?? ''} className={`${box} pick pr-11`} {...common}>
        <option value="">Choose one</option>
        {field.options?.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    )
  }
  return <input defaultValue={value} className={box} {...lines[field.kind]} {...common} />
}

const lines = {
  line: { type: 'text' },
  // Keyboards must not autocorrect an address.
  email: { type: 'email', spellCheck: false },
  phone: { type: 'tel' },
} as const
