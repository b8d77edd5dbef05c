"""The people of a run as one typed frame, one row a person. Every column:

The origin of a row:
    ``_id``     UInt64, unique in a run (see ``ids``)
    ``_file``   UInt32, the number of its file; ``_table`` UInt32, the number of the table in the file;
    ``_row``    UInt32, the row of its sheet, from 0
    ``_number`` String, what its column NO says, null where it says no number
    ``_rt_rw_joined``  Boolean, true where one column holds both RT and RW
    ``_struck``, ``_partly_struck``  List(String), the fields whose cells are struck through, null for none
    ``_family`` List(String), the fields that were filled down within a family, null for none
    ``_beside``, ``_below``  List(String), the fields that may go on in the cell beside or below, null for none
    ``_aside_says``, ``_aside_source``, ``_aside_text``  String, what a heading, title or name says of people who are
                not proposed (see ``model.roster.Aside``), null for nothing
    ``_noted``  Boolean, true where a note outside of its fields says that the person is not proposed any more
    ``_date_1904``  Boolean, true where its workbook counts days from 1904

For each field F of a roster (``schema.spec.FIELDS``), from ``stack``:
    ``F_raw``    String, the cell's text, null when empty
    ``F_kind``   UInt8, the kind of the cell (``model.cells.Kind``)
    ``F_merged`` Boolean, true where the value was filled down from a merged cell or a family's row

and from ``normalise``:
    ``F``        Date, Int64 (rupiah) or String: the typed value, null where there is none or it could not be read
    ``F_text``   String, the cell's text without stray characters, null where it holds nothing but a placeholder
    ``F_fixed``  String, the value after a certain repair, null where nothing had to be repaired

Of some types (each in its file of ``normalise``):
    nik, kk      ``F_digits``, ``F_scientific``
    nik          ``nik_date``, ``nik_day``, ``nik_month``, ``nik_female``, ``nik_beside_numbers``
    birth_date, sex  ``F_from_nik``, true where it was taken from the NIK
    birth_date   ``F_state``, ``F_rest``, ``F_open``, ``F_swapped``
    category     ``F_near``, ``F_several``
    those of ``normalise.remarks``  ``F_says``, what the words say of the person

From ``check.judge``, about a person's file in the chain of verification:
    ``_level``     UInt8, the level of the file, from 0
    ``passed_on``  Boolean, true where a file of a higher level has the person too
    ``last``       Boolean, true where the file is at the last level: its clean people are uploaded

From ``check.judge``, about versions of a person's file (see ``check.versions``); whom it sets aside no rule sees:
    ``name_key``     see ``name_keys``
    ``copy_of``      UInt32, the earlier file of the run with the same people and values, null otherwise
    ``replaced_by``  UInt32, the newest version of the list, null where the file is that
    ``set_aside``    Boolean, true where the person stands in one of these files

From ``check.derive``:
    ``name_initials``  see ``name_keys``
    and the columns that rules add with their ``derive``, named after their first field.
"""
