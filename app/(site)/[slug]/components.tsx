import { Cite } from './cite'
import { PlacementFigure } from './placement-figure'
import { TimingFigure } from './timing-figure'
import { WhichCode } from './which-code'

/** The components that an article's MDX may use. */
export const components = { Cite, PlacementFigure, TimingFigure, WhichCode }
