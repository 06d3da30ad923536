import type { Runtime } from '../../../lib/runtime.ts';

/**
 * A network whose answers are in UTF-8: those in another charset that their header names (older
 * Korean pages are in EUC-KR) are turned into it as they come in.
 */
export function inUtf8(runtime: Runtime): Runtime {
  return {
    ...runtime,
    fetch: async (request) => {
      const response = await runtime.fetch(request);
      const decoder = decoderFor(response.headers.get('content-type') ?? '');
      if (decoder === null || response.body === null) return response;
      const body = response.body.pipeThrough(decoder).pipeThrough(new TextEncoderStream());
      return new Response(body, response);
    },
  };
}

/** `null` for UTF-8, and for what names no charset or one that nobody knows. */
function decoderFor(contentType: string): TextDecoderStream | null {
  const [, charset = 'utf-8'] = /;\s*charset="?([\w.:-]{1,40})/i.exec(contentType) ?? [];
  try {
    const decoder = new TextDecoderStream(charset);
    return decoder.encoding === 'utf-8' ? null : decoder;
  } catch {
    return null;
  }
}
