export type Reference = {
  /** Authors or publisher. */
  by: string
  title: string
  /** Journal, number, date or place of the page. */
  where: string
  /** Absent where only the publisher's site is known: a guessed deep link breaks. */
  href?: string
}

/** Every source of the article, in the order in which they are numbered. */
export const references = {
  undeny: {
    by: 'Undeny',
    title: '97014: unattended electrical stimulation guide',
    where: 'undeny.ai',
    href: 'https://www.undeny.ai/cpt-codes/97014',
  },
  pabau: {
    by: 'Pabau',
    title: 'CPT code 97014',
    where: 'pabau.com',
    href: 'https://pabau.com/procedure-codes/cpt-code-97014/',
  },
  medicarePayment: {
    by: 'Medicare Payment and Reimbursement',
    title: 'Billing of electrical stimulation under G0281, G0282 and G0283',
    where: 'medicarepaymentandreimbursement.com, July 2010',
  },
  helpdesk: {
    by: 'Receiving Helpdesk',
    title: 'Coding of interferential current and unattended stimulation',
    where: 'receivinghelpdesk.com',
  },
  cgs: {
    by: 'CGS Administrators',
    title: 'Guidance for outpatient physical and occupational therapy: attended stimulation',
    where: 'Read at findacode.com',
  },
  codingahead: {
    by: 'Coding Ahead',
    title: '97014: quick reference',
    where: 'codingahead.com',
  },
  palmetto: {
    by: 'Palmetto GBA',
    title: 'Hot and cold packs: status B',
    where: 'palmettogba.com',
    href: 'https://www.palmettogba.com/',
  },
  fcso: {
    by: 'First Coast Service Options',
    title: 'Minutes and units of timed therapy codes',
    where: 'medicare.fcso.com',
    href: 'https://medicare.fcso.com/',
  },
  ncci: {
    by: 'Centers for Medicare & Medicaid Services',
    title: 'National Correct Coding Initiative edits, quarterly files',
    where: 'cms.gov',
    href: 'https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits',
  },
  a53065: {
    by: 'Centers for Medicare & Medicaid Services',
    title: 'Billing and coding: outpatient physical therapy, article A53065',
    where: 'Medicare Coverage Database',
    href: 'https://www.cms.gov/medicare-coverage-database/view/article.aspx?articleId=53065',
  },
  metaTens: {
    by: 'Johnson MI, Paley CA, Jones G, Mulvey MR, Wittkopf PG',
    title:
      'Efficacy and safety of transcutaneous electrical nerve stimulation (TENS) for acute and chronic pain in adults: the meta-TENS study',
    where: 'BMJ Open 2022;12(2):e051073',
    href: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC8845179/',
  },
  reviews169: {
    by: 'Paley CA, Wittkopf PG, Jones G, Johnson MI',
    title:
      'Does TENS reduce the intensity of acute and chronic pain? An appraisal of 169 reviews and 49 meta-analyses',
    where: 'Medicina 2021;57(10):1060',
    href: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC8539683/',
  },
  hussein: {
    by: 'Hussein HM, Alshammari RS, Al-Barak SS, and others',
    title:
      'A systematic review and meta-analysis investigating the pain-relieving effect of interferential current on musculoskeletal pain',
    where: 'American Journal of Physical Medicine & Rehabilitation, 2021',
    href: 'https://doi.org/10.1097/PHM.0000000000001870',
  },
  fuentes: {
    by: 'Fuentes JP, Armijo Olivo S, Magee DJ, Gross DP',
    title:
      'Effectiveness of interferential current therapy in the management of musculoskeletal pain: a systematic review and meta-analysis',
    where: 'Physical Therapy 2010;90(9):1219–1238',
    href: 'https://doi.org/10.2522/ptj.20090335',
  },
  nca256: {
    by: 'Centers for Medicare & Medicaid Services',
    title: 'TENS for chronic low back pain, national coverage analysis 256',
    where: 'June 2012',
    href: 'https://www.cms.gov/medicare-coverage-database/view/ncacal-tracking-sheet.aspx?NCAId=256',
  },
  houghton: {
    by: 'Houghton PE, Nussbaum EL, Hoens AM',
    title: 'Electrophysical agents: contraindications and precautions',
    where: 'Physiotherapy Canada 2010;62(5)',
    href: 'https://pmc.ncbi.nlm.nih.gov/articles/PMC3031347/',
  },
} as const satisfies Record<string, Reference>

export type ReferenceName = keyof typeof references

export const referenceNames = Object.keys(references) as ReferenceName[]

/** The number under which a source stands in the list, from 1. */
export function numberOf(name: ReferenceName): number {
  return referenceNames.indexOf(name) + 1
}
