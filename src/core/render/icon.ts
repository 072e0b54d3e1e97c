// The icon of our pages, published beside them: three streams that become one.

export const ICON_PATH = 'icon.svg';
export const ICON_MEDIA_TYPE = 'image/svg+xml';

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0b5f8a"/><g fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round"><path d="M16 5v22"/><path d="M7 5c0 9 9 7 9 16" opacity=".75"/><path d="M25 5c0 9-9 7-9 16" opacity=".75"/></g></svg>
`;
