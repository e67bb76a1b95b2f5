import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelTable } from './model-table.ts';
import { newNames, renamingClash } from './renaming.ts';

test('names that leave every model its own are fine, also when two change places', () => {
  for (const names of [
    {},
    { GLM45_MODEL: 'gpt-4o', NOBODY: 'GLM-5' },
    { GLM45_MODEL: 'GLM-4.5', GLM5_MODEL: '' },
    { GLM45_MODEL: 'GLM-4.7', GLM47_MODEL: 'GLM-4.5' },
    { GLM45_MODEL: 'GLM-4.6' },
  ])
    assert.equal(renamingClash(names), undefined, JSON.stringify(names));
});

test('a name that another model has is refused with both models and the variables', () => {
  const given = renamingClash({ GLM45_MODEL: 'glm-4.7-THINKING', GLM5_MODEL: 'mine' }) ?? '';
  assert.match(given, /GLM-4\.5 and GLM-4\.7-Thinking would both be called .* \(GLM45_MODEL\)/);
  const twice = renamingClash({ GLM45_MODEL: 'fast', GLM47_MODEL: 'Fast' }) ?? '';
  assert.match(twice, /GLM-4\.5 and GLM-4\.7 would both be called Fast \(GLM45_MODEL, GLM47_MODEL\)/);
});

test('a clash hides a model, and only a clash does', () => {
  for (const name of modelTable.map((model) => model.name)) {
    const names = newNames({ GLM45_MODEL: name });
    const offered = new Set(modelTable.map((model) => names.get(model.name.toLowerCase()) ?? model.name));
    assert.equal(renamingClash({ GLM45_MODEL: name }) === undefined, offered.size === modelTable.length, name);
  }
});
