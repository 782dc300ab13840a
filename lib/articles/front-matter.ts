import * as z from 'zod'

/** An entry of an article's reference list; its key in the front matter is its name in citations. */
const reference = z.strictObject({
  /** Authors or publisher. */
  by: z.string(),
  title: z.string(),
  /** Journal, number, date or place of the page. */
  where: z.string(),
  /** Absent if the exact URL is unknown: guessed deep links break. */
  href: z.url({ protocol: /^https$/ }).optional(),
})
const cite = z.array(z.string()).default([])

/** An article's front matter (YAML). Strict, so that a misspelled key fails the build. Dates are ISO 8601 days. */
export const frontMatter = z.strictObject({
  title: z.string().min(1),
  /** The `<title>`, where title and site name make no good one. Search engines cut it at 70 characters. */
  seoTitle: z.string().min(1).max(70).optional(),
  /** The line above the title. */
  eyebrow: z.string(),
  subtitle: z.string(),
  /** For search results, the feed and shared links. */
  summary: z.string().max(200),
  /** The byline: how the article was written and checked. */
  method: z.string().optional(),
  published: z.iso.date(),
  reviewed: z.iso.date(),
  keywords: z.array(z.string()).min(1),
  /** The "At a glance" box. */
  glance: z.array(z.strictObject({ term: z.string(), fact: z.string(), cite })).default([]),
  questions: z.array(z.strictObject({ question: z.string(), answer: z.string(), cite })).default([]),
  /** In the order of their numbers. */
  references: z.record(z.string(), reference).default({}),
})

export type FrontMatter = z.infer<typeof frontMatter>
export type ArticleReference = z.infer<typeof reference>
