export { SiteFrame as default } from '#ui/layout/site-frame'
