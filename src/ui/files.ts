/** Where pages find their stylesheet and their icon: files of src/assets, which Cloudflare serves. */
export const STYLE_PATH = '/style.css';
export const ICON_PATH = '/icon.svg';
/** Lets `/admin/jobs` show what goes on without loading it again. */
export const JOBS_SCRIPT_PATH = '/jobs.js';
