import * as z from 'zod'

/** One entry of an article's list of sources, named by its key in the front matter. */
const reference = z.strictObject({
  /** Authors or publisher. */
  by: z.string(),
  title: z.string(),
  /** Journal, number, date or place of the page. */
  where: z.string(),
  /** Absent where only the publisher's site is known: a guessed deep link breaks. */
  href: z.url({ protocol: /^https$/ }).optional(),
})
const cite = z.array(z.string()).default([])

/**
 * What stands above the text of an article, in YAML. Strict, so that a misspelt name stops the build
 * instead of leaving a page without its box or its sources. Dates are ISO 8601 days.
 */
export const frontMatter = z.strictObject({
  title: z.string().min(1),
  /**
   * What a tab and a search result show in place of the title and our name, where the title says too little by
   * itself. Searches cut what is longer.
   */
  seoTitle: z.string().min(1).max(70).optional(),
  /** The line above the title. */
  eyebrow: z.string(),
  subtitle: z.string(),
  /** For search results, the feed and shared links. */
  summary: z.string().max(200),
  published: z.iso.date(),
  reviewed: z.iso.date(),
  keywords: z.array(z.string()).min(1),
  /** "At a glance", for those who came with one question. */
  glance: z.array(z.strictObject({ term: z.string(), fact: z.string(), cite })).default([]),
  questions: z.array(z.strictObject({ question: z.string(), answer: z.string(), cite })).default([]),
  /** In the order in which they are numbered. */
  references: z.record(z.string(), reference).default({}),
})

export type FrontMatter = z.infer<typeof frontMatter>
export type Reference = z.infer<typeof reference>
