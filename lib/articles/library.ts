import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
import * as z from 'zod'
import { type FrontMatter, frontMatter } from '#lib/articles/front-matter'

/** One file for each article, named by its path: `content/97014.mdx` is `/97014`. */
const FOLDER = 'content'

export type Article = FrontMatter & {
  slug: string
  path: string
  /** The text below the front matter, in MDX. */
  body: string
}

/**
 * All articles, the most recently reviewed first.
 * @throws with the file's name if the front matter is invalid
 */
export function readArticles(folder = FOLDER): Article[] {
  const articles = globSync('*.mdx', { cwd: folder }).map((file) =>
    readArticle(join(/* turbopackIgnore: true */ folder, file)),
  )
  return articles.sort(
    (one, other) => other.reviewed.localeCompare(one.reviewed) || one.slug.localeCompare(other.slug),
  )
}

/** The article at `/{slug}`, if there is one. */
export function findArticle(slug: string): Article | undefined {
  return readArticles().find((article) => article.slug === slug)
}

function readArticle(path: string): Article {
  const slug = basename(path, '.mdx')
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    throw new Error(`${path}: the name becomes an address; use a-z, 0-9 and hyphens`)
  const file = new VFile({ path, value: readFileSync(path, 'utf8') })
  matter(file, { strip: true })
  const parsed = frontMatter.safeParse(file.data.matter)
  if (!parsed.success) throw new Error(`${path}:\n${z.prettifyError(parsed.error)}`)
  return { ...parsed.data, slug, path: `/${slug}`, body: String(file) }
}
