/** What the page, the feed and the site map say about the article: one place, so that they agree. */
export const article = {
  path: '/97014',
  title: 'CPT Code 97014',
  subtitle: 'Pain management and rehabilitation through physical-therapy modalities and therapeutic exercise',
  summary:
    'What CPT code 97014 covers, how unattended electrical stimulation is billed beside G0283 and 97032, what the evidence says, and how it fits with therapeutic exercise.',
  reviewed: '2026-11-23',
  reviewedInWords: 'November 23, 2026',
  /** At 230 words a minute, tables included. */
  minutes: 9,
  keywords: [
    'CPT Code 97014',
    'physical therapy',
    'rehabilitation',
    'modalities',
    'therapeutic exercises',
    'pain management',
  ],
} as const

/** The sections in the order of the page. Their ids are addresses that others link to: keep them. */
export const articleSections = [
  { id: 'denotes', title: 'What the code denotes' },
  { id: 'rehabilitation', title: 'Physical therapy and rehabilitation' },
  { id: 'modalities', title: 'Modalities and therapeutic exercises' },
  { id: 'pain', title: 'Pain management' },
  { id: 'trade-offs', title: 'Trade-offs and challenges' },
  { id: 'patient', title: 'Considering the impact on the patient' },
  { id: 'conclusion', title: 'Conclusion' },
  { id: 'keywords', title: 'Keywords' },
  { id: 'demo', title: 'Fill out form to watch demo' },
  { id: 'references', title: 'References' },
] as const
