import { textBlocks } from './certificateText.ts';
import { type Content, filled, foreign, leftToRight } from './elements.ts';
import { type Fact, type FactGroup, inRow, numberFact, textFact } from './fact.ts';
import { type Messages, type Reader, wordFor } from './messages.ts';
import { numberIn, objectIn, objectsIn, textIn, textsIn } from './signedFields.ts';
import type { JsonObject } from './strictJson.ts';

/** What was learnt: the achievement in the language of the course. */
export function achievementGroup(achievement: JsonObject, reader: Reader): FactGroup {
  const words = reader.messages.facts;
  const tags = textsIn(achievement, 'tag');
  return {
    title: words.course,
    facts: [
      ...textFact(words.courseName, textIn(achievement, 'name')),
      ...proseFact(words.criteria, textIn(objectIn(achievement, 'criteria'), 'narrative'), achievement),
      ...proseFact(words.description, textIn(achievement, 'description'), achievement),
      ...textFact(words.field, textIn(achievement, 'fieldOfStudy')),
      ...numberFact(words.creditsAvailable, numberIn(achievement, 'creditsAvailable')),
      ...textFact(words.inLanguage, textIn(achievement, 'inLanguage'), (tag) => foreign(languageName(tag, reader.locale))),
      ...textFact(words.code, textIn(achievement, 'humanCode')),
      ...textFact(words.version, textIn(achievement, 'version')),
      ...(tags.length === 0 ? [] : [{ label: words.tags, content: inRow(tags.map((tag) => foreign(tag))) }]),
    ],
  };
}

/** Give a fact for a text of paragraphs and lists, in the language of the course. */
function proseFact(label: string, text: string | null, achievement: JsonObject): readonly Fact[] {
  const lang = textIn(achievement, 'inLanguage') ?? 'und';
  return text === null ? [] : [{ label, content: textBlocks(text, lang) }];
}

/** What the learner reached: each result beside the scale it is measured on. */
export function resultFacts(subject: JsonObject, achievement: JsonObject, reader: Reader): readonly Fact[] {
  const results = objectsIn(subject, 'result');
  const described = objectsIn(achievement, 'resultDescription');
  const reached = results.map((result) => {
    const scale = described.find((description) => textIn(description, 'id') === textIn(result, 'resultDescription'));
    return resultFact(result, scale ?? null, reader);
  });
  // A scale on which no result was recorded is signed too, and is shown without one.
  const unused = described.filter((scale) => !results.some((result) => textIn(result, 'resultDescription') === textIn(scale, 'id')));
  return [...reached, ...unused.map((scale) => resultFact(null, scale, reader))];
}

function resultFact(result: JsonObject | null, scale: JsonObject | null, { messages }: Reader): Fact {
  const words = messages.facts;
  const value = result && textIn(result, 'value');
  const status = result && textIn(result, 'status');
  const statusWord = status === null ? [] : [status === 'Failed' ? words.resultFailed : words.resultCompleted];
  const content = inRow([...(value === null ? [] : [foreign(value)]), ...statusWord]);
  const name = scale && textIn(scale, 'name');
  const workload = scale && textIn(scale, 'resultType') === 'ext:NotionalWorkload';
  const label = workload ? words.hours : name === null ? words.result : foreign(name);
  return {
    label,
    content: content.length === 0 ? [words.resultNone] : content,
    notes: [...(workload && name !== null ? [[foreign(name)]] : []), ...(scale === null ? [] : scaleNotes(scale, words))],
  };
}

function scaleNotes(scale: JsonObject, words: Messages['facts']): readonly (readonly Content[])[] {
  const allowed = textsIn(scale, 'allowedValue');
  const required = textIn(scale, 'requiredValue');
  const min = textIn(scale, 'valueMin');
  const max = textIn(scale, 'valueMax');
  const notes: (readonly Content[])[] = [];
  if (allowed.length > 0) notes.push(filled(words.resultValues, { values: foreign(allowed.join(' · ')) }));
  if (min !== null || max !== null) {
    notes.push(filled(words.resultRange, { min: foreign(min ?? '…'), max: foreign(max ?? '…') }));
  }
  if (required !== null) notes.push(filled(words.resultRequired, { value: foreign(required) }));
  return notes;
}

/** Level, assessment, quality and whatever else the achievement is aligned with. */
export function alignmentGroup(achievement: JsonObject, { messages }: Reader): FactGroup {
  const words = messages.facts;
  const facts = objectsIn(achievement, 'alignment').map((alignment): Fact => {
    const type = textIn(alignment, 'targetType');
    const label = wordFor(type, words.alignments);
    const code = textIn(alignment, 'targetCode');
    const quiet = [textIn(alignment, 'targetDescription'), textIn(alignment, 'targetFramework'), label === undefined ? type : null];
    return {
      label: label ?? words.alignment,
      content: [foreign(textIn(alignment, 'targetName') ?? '')],
      notes: [
        ...quiet.filter((text) => text !== null).map((text) => [foreign(text)]),
        ...(code === null ? [] : [filled(words.inCode, { code: leftToRight(code) })]),
        [leftToRight(textIn(alignment, 'targetUrl') ?? '')],
      ],
    };
  });
  return { title: words.quality, facts };
}

function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // Any line may stand there; what is no language tag is shown as it is.
    return tag;
  }
}
