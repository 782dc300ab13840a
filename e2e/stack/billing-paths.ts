import type { OutcomeName } from '#lib/billing/which-code'

/** Each path through "Which code do I bill?": the words that identify its answers, and its end. */
export const billingPaths: [string, OutcomeName][] = [
  ['device runs > pain > Original Medicare > therapy practice', 'bill-g0283-medicare'],
  ['device runs > pain > Original Medicare > chiropractor', 'bill-medicare-chiropractor'],
  ['device runs > pain > UnitedHealthcare', 'bill-g0283-unitedhealthcare'],
  ['device runs > pain > Another payer', 'bill-97014'],
  ['device runs > for a wound > Original Medicare > therapy practice', 'bill-g0281-medicare'],
  ['device runs > for a wound > Original Medicare > chiropractor', 'bill-medicare-chiropractor'],
  ['device runs > for a wound > UnitedHealthcare', 'bill-wound-ask'],
  ['device runs > for a wound > Another payer', 'bill-wound-ask'],
  ['throughout > pain > 8 minutes or more > Original Medicare > therapy practice', 'bill-97032-medicare'],
  ['throughout > pain > 8 minutes or more > Original Medicare > chiropractor', 'bill-medicare-chiropractor'],
  ['throughout > pain > 8 minutes or more > UnitedHealthcare', 'bill-97032-unitedhealthcare'],
  ['throughout > pain > 8 minutes or more > Another payer', 'bill-97032'],
  ['throughout > pain > Fewer than 8', 'bill-nothing'],
  ['throughout > for a wound > Original Medicare > therapy practice', 'bill-g0281-medicare'],
  ['throughout > for a wound > Original Medicare > chiropractor', 'bill-medicare-chiropractor'],
  ['throughout > for a wound > UnitedHealthcare', 'bill-wound-ask'],
  ['throughout > for a wound > Another payer', 'bill-wound-ask'],
]
