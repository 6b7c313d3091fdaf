import { beforeEach, describe, expect, test } from 'vitest';
import { ConditionFailed, type Key, type Table, TransactionRefused } from '#shared/store/table.ts';

const key = (sk: string, pk = 'P#1'): Key => ({ pk, sk });
const fact = undefined;

/** What every engine behind the table port must do alike. `open` gives an empty table. */
export function describeTable(engine: string, open: () => Promise<Table>): void {
  describe(`the table on ${engine}`, () => {
    let table: Table;
    beforeEach(async () => {
      table = await open();
    });
    const put = (item: Key & Record<string, unknown>) => table.put({ item, fact });

    test('an item comes back as it was put, sets, maps and numbers included', async () => {
      const item = {
        ...key('A'),
        name: 'Zoë',
        count: 3,
        share: 1.5,
        on: true,
        map: { a: 'b' },
        list: ['x'],
        set: new Set(['s', 't']),
      };
      await put(item);
      expect(await table.get(key('A'), { consistent: true })).toEqual({ ...item, fact: '-' });
    });

    test('undefined values are left out', async () => {
      await put({ ...key('A'), nothing: undefined });
      expect(await table.get(key('A'))).toEqual({ ...key('A'), fact: '-' });
    });

    test('a missing item is undefined', async () => {
      expect(await table.get(key('nobody'))).toBeUndefined();
    });

    test('every write states its fact or that there is none', async () => {
      await table.put({ item: { ...key('A') }, fact: 'event.published' });
      expect(await table.get(key('A'))).toMatchObject({ fact: 'event.published' });
      const after = await table.update({ ...key('A'), set: [[['n'], 1]], when: [], fact });
      expect(after).toMatchObject({ fact: '-', n: 1 });
    });

    test('an update makes an item unless it must be there', async () => {
      await expect(
        table.update({ ...key('A'), set: [[['n'], 1]], when: [{ is: 'there' }], fact }),
      ).rejects.toBeInstanceOf(ConditionFailed);
      expect(await table.get(key('A'))).toBeUndefined();
      expect(await table.update({ ...key('A'), add: [[['n'], 2]], when: [], fact })).toMatchObject({ n: 2 });
      expect(await table.update({ ...key('A'), add: [[['n'], 2]], when: [], fact })).toMatchObject({ n: 4 });
    });

    test('an update reaches into a map, and takes out what it names', async () => {
      await put({ ...key('A'), map: { 'a@1': 'x', 'b@1': 'y' }, gone: true });
      const after = await table.update({
        ...key('A'),
        set: [[['map', 'c@1'], 'z']],
        remove: [['map', 'a@1'], ['gone']],
        when: [],
        fact,
      });
      expect(after).toEqual({ ...key('A'), map: { 'b@1': 'y', 'c@1': 'z' }, fact: '-' });
    });

    test('writing into a map that is not there is an error', async () => {
      await put({ ...key('A') });
      await expect(table.update({ ...key('A'), set: [[['map', 'a'], 'x']], when: [], fact })).rejects.toThrow();
    });

    test('a failed condition hands back the item as it is', async () => {
      await put({ ...key('A'), n: 1 });
      const refused = table.put({ item: { ...key('A'), n: 2 }, when: [{ is: 'absent' }], fact });
      await expect(refused).rejects.toMatchObject({ name: 'ConditionFailed', item: { n: 1 } });
    });

    const item = { n: 5, word: 'on', map: { k: 'v' }, set: new Set(['a', 'b']) };
    test.each([
      ['there', { is: 'there' }, true],
      ['absent item', { is: 'absent' }, false],
      ['absent field', { is: 'absent', path: ['nope'] }, true],
      ['absent entry', { is: 'absent', path: ['map', 'nope'] }, true],
      ['present entry', { is: 'absent', path: ['map', 'k'] }, false],
      ['present field', { is: 'present', path: ['n'] }, true],
      ['equal number', { is: 'equal', path: ['n'], value: 5 }, true],
      ['unequal type', { is: 'equal', path: ['n'], value: '5' }, false],
      ['equal entry', { is: 'equal', path: ['map', 'k'], value: 'v' }, true],
      ['equal set, whatever its order', { is: 'equal', path: ['set'], value: new Set(['b', 'a']) }, true],
      ['a part of a set is not the set', { is: 'equal', path: ['set'], value: new Set(['a']) }, false],
      ['equal to a missing field', { is: 'equal', path: ['nope'], value: 'x' }, false],
      ['differs', { is: 'differs', path: ['n'], value: 6 }, true],
      ['does not differ', { is: 'differs', path: ['n'], value: 5 }, false],
      ['a missing field differs', { is: 'differs', path: ['nope'], value: 5 }, true],
      ['one of', { is: 'one-of', path: ['word'], values: ['off', 'on'] }, true],
      ['none of', { is: 'one-of', path: ['word'], values: ['off'] }, false],
      ['below', { is: 'below', path: ['n'], value: 6 }, true],
      ['not below itself', { is: 'below', path: ['n'], value: 5 }, false],
      ['a missing field is below nothing', { is: 'below', path: ['nope'], value: 5 }, false],
      ['in a set', { is: 'in-set', path: ['set'], value: 'a' }, true],
      ['not in a set', { is: 'in-set', path: ['set'], value: 'c' }, false],
      ['in a missing set', { is: 'in-set', path: ['nope'], value: 'c' }, false],
      [
        'any of',
        {
          is: 'any',
          of: [
            { is: 'absent', path: ['n'] },
            { is: 'below', path: ['n'], value: 9 },
          ],
        },
        true,
      ],
    ] as const)('condition: %s', async (_, condition, holds) => {
      await put({ ...key('A'), ...item });
      const update = table.update({ ...key('A'), set: [[['done'], true]], when: [condition], fact });
      await (holds
        ? expect(update).resolves.toMatchObject({ done: true })
        : expect(update).rejects.toBeInstanceOf(ConditionFailed));
    });

    test('a transaction writes all or nothing, and says whose condition failed', async () => {
      await put({ ...key('A'), n: 1 });
      const writes = [
        { put: { item: { ...key('B') }, fact } },
        { update: { ...key('A'), set: [[['n'], 2]], when: [{ is: 'equal', path: ['n'], value: 9 }], fact } },
      ] as const;
      const error = await table.transact(writes).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TransactionRefused);
      expect((error as TransactionRefused).failed).toEqual([undefined, { item: { ...key('A'), n: 1, fact: '-' } }]);
      expect(await table.get(key('B'))).toBeUndefined();

      await table.transact([{ put: { item: { ...key('B') }, fact } }, { remove: key('A') }]);
      expect(await table.get(key('A'))).toBeUndefined();
      expect(await table.get(key('B'))).toBeDefined();
    });

    test('a check lets a transaction happen or not, and writes nothing', async () => {
      await put({ ...key('A'), n: 1 });
      const made = { put: { item: { ...key('B') }, fact } };
      const ifOne = (n: number) => ({
        check: { ...key('A'), when: [{ is: 'equal' as const, path: ['n'] as const, value: n }] },
      });
      const error = await table.transact([made, ifOne(2)]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TransactionRefused);
      expect((error as TransactionRefused).failed).toEqual([undefined, { item: { ...key('A'), n: 1, fact: '-' } }]);
      expect(await table.get(key('B'))).toBeUndefined();
      await table.transact([made, ifOne(1)]);
      expect(await table.get(key('B'))).toBeDefined();
      expect(await table.get(key('A'))).toEqual({ ...key('A'), n: 1, fact: '-' });
    });

    test('a check of an item there is not fails unless it may be absent', async () => {
      const made = { put: { item: { ...key('B') }, fact } };
      await expect(table.transact([made, { check: { ...key('A'), when: [{ is: 'there' }] } }])).rejects.toBeInstanceOf(
        TransactionRefused,
      );
      await table.transact([made, { check: { ...key('A'), when: [{ is: 'absent' }] } }]);
      expect(await table.get(key('A'))).toBeUndefined();
      expect(await table.get(key('B'))).toBeDefined();
    });

    test('of two transactions for one item exactly one wins', async () => {
      const take = (who: string) =>
        table.transact([
          { put: { item: { ...key('SEAT'), who }, when: [{ is: 'absent' }], fact } },
          { put: { item: { ...key(who) }, fact } },
        ]);
      const results = await Promise.allSettled(Array.from({ length: 8 }, (_, n) => take(`p${n}`)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await table.query({ partition: 'P#1', prefix: 'p', consistent: true })).items).toHaveLength(1);
    });

    test('a removal is conditional too', async () => {
      await put({ ...key('A'), n: 1 });
      await expect(
        table.remove({ ...key('A'), when: [{ is: 'equal', path: ['n'], value: 2 }] }),
      ).rejects.toBeInstanceOf(ConditionFailed);
      await table.remove(key('A'));
      expect(await table.get(key('A'))).toBeUndefined();
    });

    test('many items are read at once, missing ones left out, twice named ones once', async () => {
      for (const name of ['A', 'B']) await put({ ...key(name) });
      const found = await table.getMany([key('A'), key('B'), key('A'), key('C')]);
      expect(found.map(({ sk }) => sk).sort()).toEqual(['A', 'B']);
    });

    test('many items are read as they are at that moment, from different partitions', async () => {
      await put({ ...key('A'), n: 0 });
      await put({ ...key('B', 'P#2') });
      for (let n = 1; n <= 20; n++) {
        await table.update({ ...key('A'), set: [[['n'], n]], when: [], fact });
        const found = await table.getMany([key('A'), key('B', 'P#2')], { consistent: true });
        expect(found).toHaveLength(2);
        expect(found.find(({ sk }) => sk === 'A')).toMatchObject({ n });
      }
    });

    test('a partition is read in order, by prefix, by page, and backwards', async () => {
      for (const name of ['R#3', 'R#1', 'R#2', 'S#1']) await put({ ...key(name) });
      await put({ ...key('R#9', 'P#2') });
      const names = async (range: object) =>
        (await table.query({ partition: 'P#1', ...range })).items.map(({ sk }) => sk);
      expect(await names({})).toEqual(['R#1', 'R#2', 'R#3', 'S#1']);
      expect(await names({ prefix: 'R#' })).toEqual(['R#1', 'R#2', 'R#3']);
      expect(await names({ descending: true, limit: 2 })).toEqual(['S#1', 'R#3']);
      expect(await names({ atMost: 'R#2' })).toEqual(['R#1', 'R#2']);
      const first = await table.query({ partition: 'P#1', prefix: 'R#', limit: 2, consistent: true });
      expect(first.items.map(({ sk }) => sk)).toEqual(['R#1', 'R#2']);
      expect(await names({ prefix: 'R#', after: first.after })).toEqual(['R#3']);
      await table.remove(key('R#2'));
      expect(await names({ prefix: 'R#', after: first.after })).toEqual(['R#3']);
      const backwards = await table.query({ partition: 'P#1', descending: true, limit: 1 });
      expect(await names({ descending: true, after: backwards.after })).toEqual(['R#3', 'R#1']);
    });

    test('a range is counted without reading it out', async () => {
      for (const name of ['001#a', '002#b', '003#c']) await put({ ...key(name) });
      expect(await table.count({ partition: 'P#1' })).toBe(3);
      expect(await table.count({ partition: 'P#1', below: '003' })).toBe(2);
      expect(await table.count({ partition: 'P#9' })).toBe(0);
    });

    test('what is due is listed by its kind and its time', async () => {
      await put({ ...key('RUN'), due: 'run', dueAt: 20 });
      await put({ ...key('PLAN'), due: 'plan', dueAt: 10 });
      await put({ ...key('LATER'), due: 'plan', dueAt: 30 });
      const due = async (kind: string, atMost: number) =>
        (await table.query({ index: 'due', partition: kind, atMost })).items;
      await expect.poll(() => due('plan', 29)).toEqual([{ ...key('PLAN'), due: 'plan', dueAt: 10 }]);
      expect((await due('plan', 30)).map(({ sk }) => sk)).toEqual(['PLAN', 'LATER']);
      await table.update({ ...key('PLAN'), set: [[['dueAt'], 40]], when: [], fact });
      await expect.poll(async () => (await due('plan', 40)).map(({ sk }) => sk)).toEqual(['LATER', 'PLAN']);
      expect((await due('run', 100)).map(({ sk }) => sk)).toEqual(['RUN']);
    });

    test('a sparse index lists an item for as long as it has both attributes, in their order', async () => {
      const owed = async (atMost?: number) => {
        const range = { index: 'greetDue', partition: '3', ...(atMost === undefined ? {} : { atMost }) } as const;
        return (await table.query(range)).items;
      };
      await put({ ...key('A'), greetDueShard: '3', greetDueAt: 20, name: 'Ada' });
      await put({ ...key('B'), greetDueShard: '3', greetDueAt: 10, name: 'Bob' });
      await put({ ...key('C'), greetDueAt: 10 });
      expect(await owed()).toEqual([
        { ...key('B'), greetDueShard: '3', greetDueAt: 10 },
        { ...key('A'), greetDueShard: '3', greetDueAt: 20 },
      ]);
      expect((await owed(15)).map(({ sk }) => sk)).toEqual(['B']);
      await table.update({ ...key('B'), remove: [['greetDueShard'], ['greetDueAt']], when: [], fact });
      expect((await owed()).map(({ sk }) => sk)).toEqual(['A']);
      const page = await table.query({ index: 'greetDue', partition: '3', limit: 1 });
      expect((await table.query({ index: 'greetDue', partition: '3', after: page.after })).items).toEqual([]);
    });
  });
}
