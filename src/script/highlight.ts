import { styleTags, tags as t } from '@lezer/highlight';

/** Colours of the language, as tags; the theme of the editor gives them their ink. */
export const highlighting = styleTags({
  'version seed memory arena alloc free realloc write read reset let scope mark note pause expect': t.keyword,
  'repeat for if else': t.controlKeyword,
  'oldest newest random every all one chance and or not mod in of to at as with after': t.operatorKeyword,
  'align zeroed keep ops base initial max step mostly small since grew fell unchanged': t.modifier,
  'true false null end': t.invalid,
  Name: t.variableName,
  'Place/Name NumberName/Name Counter/Name ArenaLine/ArenaName/Name': t.definition(t.variableName),
  'ArenaName/Name': t.className,
  'FunctionName/Name': t.function(t.variableName),
  'Metric/Name Metric/free': t.propertyName,
  'Lane/Name Lane/arena': t.labelName,
  'Number Decimal Percent Ordinal': t.number,
  'Unit/... BadUnit/...': t.unit,
  Text: t.string,
  'Comment SlashComment': t.lineComment,
  'Equal Unequal LessEqual MoreEqual Less More': t.compareOperator,
  'Plus Times Divide "-"': t.arithmeticOperator,
  '"="': t.definitionOperator,
  '".."': t.operator,
  '"," ";"': t.separator,
  '"(" ")"': t.paren,
  '"[" "]"': t.squareBracket,
  '"{" "}"': t.brace,
  'Stray BadNumber BadText BadAnd BadOr BadNot PercentSign Colon Update': t.invalid,
});
