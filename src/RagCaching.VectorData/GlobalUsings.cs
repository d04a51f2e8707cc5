// What a dynamic collection reads and writes: the values of a record by the names of its fields.
global using Record = System.Collections.Generic.Dictionary<string, object?>;
