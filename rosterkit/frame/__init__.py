"""The people of a run as one typed frame, one row a person. Every column:

Where a row comes from:
    ``_id``     UInt64, tells the row from all others of a run (see ``ids``)
    ``_file``   UInt32, the number of its file; ``_table`` the number of the table in the file; ``_row`` from 0
    ``_rt_rw_joined``  true where one column holds both RT and RW

For each field F of a roster (``schema.spec.FIELDS``), from ``stack``:
    ``F_raw``    the cell's text, null when empty
    ``F_kind``   what the cell was (``model.cells.Kind``)
    ``F_merged`` true where the value was filled down from a merged cell

and from ``normalise``:
    ``F``        the typed value, null where there is none or it could not be read
    ``F_text``   the cell's text without stray characters, null where the cell says nothing
    ``F_fixed``  what a certain repair made of it, null where nothing had to be repaired

Of some types (each in its file of ``normalise``):
    nik, kk      ``F_digits``, ``F_scientific``
    nik          ``nik_date``, ``nik_day``, ``nik_month``, ``nik_female``, ``nik_beside_numbers``
    birth_date   ``F_state``, ``F_rest``, ``F_open``, ``F_swapped``
    category     ``F_near``, ``F_several``

From ``check.judge``, of a person's file in the chain of verification:
    ``_level``     how far it has come, from 0
    ``passed_on``  a file of a higher level has the person too
    ``last``       there is no higher level: who is ready is uploaded

From ``check.derive``:
    ``name_key``, ``name_initials``  see ``name_keys``
    ``copy_of``    the earlier file of the run with the same people, null otherwise (RK405)
    and the columns that rules add for themselves, named after their first field.
"""
