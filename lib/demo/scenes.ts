/**
 * The scenes of the sample film. Film, captions, chapters and the page's transcript are made from them. Times are in
 * seconds from the start of the film; a line is a caption and a sentence of the transcript.
 */
export type Line = { at: number; text: string }
export type Scene = { id: string; title: string; at: number; lines: readonly Line[] }

/** Length of the sample film in seconds. */
export const FILM_SECONDS = 72

/** The date of the recording (ISO 8601). */
export const FILM_DAY = '2026-11-24'

export const scenes: readonly Scene[] = [
  {
    id: 'opening',
    title: 'TrackStat in five scenes',
    at: 0,
    lines: [{ at: 0.8, text: 'TrackStat in five scenes. The screens are illustrations with sample data.' }],
  },
  {
    id: 'weekly-report',
    title: 'Who’s coming, and who isn’t?',
    at: 5,
    lines: [
      { at: 5.5, text: 'The weekly patients report gives each patient one row.' },
      { at: 9, text: 'Here a circle is a week on plan, a triangle below plan, a cross no visit.' },
      { at: 13.5, text: 'Patient 1112 hasn’t been in for two weeks. That’s the call to make today.' },
    ],
  },
  {
    id: 'custom-reports',
    title: 'How your practice is doing',
    at: 18,
    lines: [
      { at: 18.5, text: 'Custom reports track the numbers you care about, month by month:' },
      { at: 22.5, text: 'new patients, conversion, reactivation, collections.' },
      { at: 26, text: 'In this sample, reactivation slipped in November.' },
    ],
  },
  {
    id: 'reminders',
    title: 'A reminder before each visit',
    at: 30,
    lines: [
      { at: 30.5, text: 'Reminders go out before each visit, by text or email.' },
      { at: 35, text: 'Here the list shows what has gone out and what is next.' },
    ],
  },
  {
    id: 'inbox',
    title: 'The patient replies',
    at: 42,
    lines: [
      { at: 42.5, text: 'Your messages and the patient’s replies stay in one conversation.' },
      { at: 47.5, text: 'Patient 1112 was out of town.' },
      { at: 50.5, text: 'Four messages, and the visit is booked: Thursday at 8:45.' },
    ],
  },
  {
    id: 'scheduling',
    title: 'Or books online',
    at: 55,
    lines: [
      { at: 55.5, text: 'With online scheduling, patients see which times are open' },
      { at: 59.5, text: 'and pick one: here, Thursday at 8:45.' },
      { at: 63.5, text: 'Here, booked times show no names.' },
    ],
  },
  {
    id: 'closing',
    title: 'See it with your own patients',
    at: 67,
    lines: [{ at: 67.5, text: 'Request a free trial on this page, or call (760) 334-5013.' }],
  },
]

/** The end of the i-th item: the start of the next one, or the end of the film. */
export function endOf(timed: readonly { at: number }[], i: number, last = FILM_SECONDS): number {
  return timed[i + 1]?.at ?? last
}

/** `75` → `1:15`. */
export function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
