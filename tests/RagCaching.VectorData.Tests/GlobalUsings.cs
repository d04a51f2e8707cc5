global using Record = System.Collections.Generic.Dictionary<string, object?>;
