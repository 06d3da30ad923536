import sparticuz from '@sparticuz/chromium';

/** Unpacks the browser before the files begin: one would run it while another still writes it. */
export async function setup(): Promise<void> {
  await sparticuz.executablePath();
}
