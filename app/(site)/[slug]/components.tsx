import { Cite } from './cite'
import { PlacementFigure } from './placement-figure'
import { TimingFigure } from './timing-figure'
import { WhichCode } from './which-code'

/** What an article's text may use beside Markdown. */
export const components = { Cite, PlacementFigure, TimingFigure, WhichCode }
