/** Stands for APP_URL in what was built; `.invalid` can never be somebody's address (RFC 2606). */
export const ORIGIN_PLACEHOLDER = 'https://origin.invalid'
