import { unreachable } from '../../../lib/result.ts';
import { say } from '../../../ui/language.ts';
import { Row } from '../../../ui/parts.tsx';
import { Choosing } from './choosing.tsx';
import { Finish } from './finish.tsx';
import { REGISTER_PATH, type StepProps, Way } from './parts.tsx';
import { stepNames, stepTitles, texts } from './texts.ts';

/**
 * The step somebody is at. Each is a page of its own; the page's script puts the next one in this
 * one's place.
 */
export function Registration(props: StepProps) {
  const { view, language } = props;
  return (
    <section class="card" id="register" data-failed={say(texts.failed, language)}>
      <p class="soft">{say(texts.title, language)}</p>
      <h2 tabindex={-1}>{say(stepTitles[view.step - 1] ?? texts.title, language)}</h2>
      <ol class="steps" aria-label={say(texts.stepsLabel, language)}>
        {stepNames.map((name, index) => (
          <li aria-current={index + 1 === view.step ? 'step' : undefined}>{say(name, language)}</li>
        ))}
      </ol>
      <p class="problem" role="alert">
        {'problem' in view && view.problem}
      </p>
      <Step {...props} />
    </section>
  );
}

function Step(props: StepProps) {
  const { view } = props;
  switch (view.step) {
    case 1:
      return <Channels {...props} />;
    case 2:
      return <Address {...props} channel={view.channel} />;
    case 3:
      return <Choosing {...props} {...view} />;
    case 4:
      return <Finish {...props} {...view} />;
    default:
      return unreachable(view);
  }
}

function Channels({ choice, places, language }: StepProps) {
  if (places.length === 0) return <p class="empty">{say(texts.nowhere, language)}</p>;
  const { address } = choice;
  // Of several accounts on one channel the first stands for all.
  const byChannel = Map.groupBy(places, ({ channel }) => channel);
  return (
    <>
      <p class="soft">{say(texts.lead, language)}</p>
      <ul class="rows">
        {[...byChannel].map(([channel, [place]]) => {
          if (!place) return null;
          const query = new URLSearchParams({ channel, ...(address !== '' && { address }) });
          const title = say(place.title, language);
          return (
            <Row title={title} lines={[say(place.chat.how, language)]}>
              <a
                class="button"
                href={`${REGISTER_PATH}?${query.toString()}`}
                aria-label={`${say(texts.next, language)}: ${title}`}
              >
                {say(texts.next, language)}
              </a>
            </Row>
          );
        })}
      </ul>
    </>
  );
}

function Address({ channel, choice, token, language }: StepProps & { channel: string }) {
  return (
    <form class="stack" action={REGISTER_PATH}>
      <input type="hidden" name="channel" value={channel} />
      <input type="hidden" name="token" value={token} />
      <label class="field">
        {say(texts.address, language)}
        <small>{say(texts.addressLead, language)}</small>
        <input
          name="address"
          value={choice.address}
          placeholder="github.com/owner/name"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          maxlength={300}
          required
        />
      </label>
      <Way back={REGISTER_PATH} language={language}>
        <button type="submit" class="primary">
          {say(texts.check, language)}
        </button>
      </Way>
    </form>
  );
}
