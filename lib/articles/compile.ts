import { compile, run } from '@mdx-js/mdx'
import type { MDXContent } from 'mdx/types'
import * as runtime from 'react/jsx-runtime'
import remarkGfm from 'remark-gfm'
import { VFile } from 'vfile'
import { resolveCitations } from '#lib/articles/citations'
import type { Article } from '#lib/articles/library'
import { addSections, countWords, type OutlineEntry } from '#lib/articles/outline'
import { accessibleTables } from '#lib/articles/tables'

const WORDS_A_MINUTE = 230

export type CompiledArticle = {
  Content: MDXContent
  /** The sections of the text, in order. */
  outline: OutlineEntry[]
  /** Of the text, tables, "At a glance" and questions, without the references. */
  words: number
  /** The reading time, at 230 words a minute. */
  minutes: number
}

/**
 * Compiles an article's MDX into a component. Runs at build only.
 * @throws with the file's name if the text is not MDX, cites an unlisted source, or never cites a listed one
 */
export async function compileArticle(article: Article): Promise<CompiledArticle> {
  const file = new VFile({ path: `${article.slug}.mdx`, value: article.body })
  try {
    const code = await compile(file, {
      outputFormat: 'function-body',
      remarkPlugins: [remarkGfm, addSections, [resolveCitations, article]],
      rehypePlugins: [accessibleTables],
    })
    const { default: Content } = await run(code, { ...runtime, baseUrl: import.meta.url })
    const { outline = [], words = 0 } = file.data
    const all = words + wordsInFrontMatter(article)
    return { Content, outline, words: all, minutes: Math.max(1, Math.round(all / WORDS_A_MINUTE)) }
  } catch (error) {
    throw new Error(`${file.path}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function wordsInFrontMatter({ glance, questions }: Article): number {
  const texts = [
    ...glance.map(({ term, fact }) => `${term} ${fact}`),
    ...questions.map(({ question, answer }) => `${question} ${answer}`),
  ]
  return texts.reduce((sum, text) => sum + countWords(text), 0)
}
