import { compile, run } from '@mdx-js/mdx'
import type { MDXContent } from 'mdx/types'
import * as runtime from 'react/jsx-runtime'
import remarkGfm from 'remark-gfm'
import { VFile } from 'vfile'
import { citing } from '#lib/articles/citations'
import type { Article } from '#lib/articles/library'
import { countWords, type OutlineEntry, outlined } from '#lib/articles/outline'
import { readableTables } from '#lib/articles/tables'

const WORDS_A_MINUTE = 230

export type CompiledArticle = {
  Content: MDXContent
  /** The sections of the text, in order. */
  outline: OutlineEntry[]
  /** Of the text, its tables, the box at the top and the questions, without the references. */
  words: number
  /** The reading time, at 230 words a minute. */
  minutes: number
}

/**
 * Compiles an article's MDX into a component. Runs at build only.
 * @throws with the file's name where the text is not MDX, cites a source that is not listed, or leaves
 * one uncited
 */
export async function compileArticle(article: Article): Promise<CompiledArticle> {
  const file = new VFile({ path: `${article.slug}.mdx`, value: article.body })
  try {
    const code = await compile(file, {
      outputFormat: 'function-body',
      remarkPlugins: [remarkGfm, outlined, [citing, article]],
      rehypePlugins: [readableTables],
    })
    const { default: Content } = await run(code, { ...runtime, baseUrl: import.meta.url })
    const { outline = [], words = 0 } = file.data
    const all = words + wordsAround(article)
    return { Content, outline, words: all, minutes: Math.max(1, Math.round(all / WORDS_A_MINUTE)) }
  } catch (error) {
    throw new Error(`${file.path}: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}

function wordsAround({ glance, questions }: Article): number {
  const texts = [
    ...glance.map(({ term, fact }) => `${term} ${fact}`),
    ...questions.map(({ question, answer }) => `${question} ${answer}`),
  ]
  return texts.reduce((sum, text) => sum + countWords(text), 0)
}
