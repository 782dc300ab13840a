import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { endOf, scenes } from '#lib/demo/scenes'
import { site } from '#lib/site'
import { LogoMark } from '#ui/layout/wordmark'
import { CustomReportsScreen } from '#ui/screens/custom-reports'
import { InboxScreen } from '#ui/screens/inbox'
import { RemindersScreen } from '#ui/screens/reminders'
import { SchedulingScreen } from '#ui/screens/scheduling'
import { WeeklyReportScreen } from '#ui/screens/weekly-report'

/** What each scene shows: a product screen, or a card with the mark and these lines. */
const screens: Record<string, ReactNode> = {
  'weekly-report': <WeeklyReportScreen />,
  'custom-reports': <CustomReportsScreen />,
  reminders: <RemindersScreen />,
  inbox: <InboxScreen />,
  scheduling: <SchedulingScreen />,
}
const cards: Record<string, ReactNode> = {
  opening: <p>EHR-integrated automation for chiropractic practices</p>,
  closing: (
    <>
      <p className="next">Request a free trial</p>
      <p>{site.phone}</p>
    </>
  ),
}

/**
 * The whole film as one HTML page of 1280 by 720 px. Every movement is a CSS animation with a start time, so that the
 * recorder can seek to any moment.
 * @param styles the site's stylesheet
 * @param family the name of the typeface in it
 * @param motion the stylesheet of the animations
 */
export function storyboard(styles: string, family: string, motion: string): string {
  const body = renderToStaticMarkup(
    <main>
      {scenes.map(({ id, title, at }, i) => (
        <section
          key={id}
          id={id}
          style={{ '--at': `${at}s`, '--for': `${endOf(scenes, i) - at}s` } as object}
        >
          {screens[id] ? (
            <Shot number={i} title={title} screen={screens[id]} />
          ) : (
            <Card title={title}>{cards[id]}</Card>
          )}
        </section>
      ))}
      <div id="pointer">
        <svg viewBox="0 0 24 24" width="44" height="44" aria-hidden="true">
          <path d="M4 2l16 11-7 1.2L9.5 21Z" fill="#14211c" stroke="#fff" strokeWidth="1.6" />
        </svg>
      </div>
    </main>,
  )
  return `<!doctype html><html lang="en" style="--typeface:${family}"><meta charset="utf-8"><style>${styles}</style><style>${motion}</style>${body}</html>`
}

function Shot({ number, title, screen }: { number: number; title: string; screen: ReactNode }) {
  return (
    <>
      <div className="words">
        <p>Scene {number} of 5</p>
        <h1>{title}</h1>
        <span className="rule" />
      </div>
      <div className="screen">{screen}</div>
    </>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card">
      <LogoMark />
      <h1>{title}</h1>
      {children}
    </div>
  )
}
