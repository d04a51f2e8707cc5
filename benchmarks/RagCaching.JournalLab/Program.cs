using RagCaching.JournalLab;

const string Usage = """
    Usage:
      RagCaching.JournalLab demo     sqlite FILE | redis HOST:PORT | postgres CONNECTION  [INSTANCES]
      RagCaching.JournalLab visible  sqlite FILE | redis HOST:PORT | postgres CONNECTION  [INSTANCES]
      RagCaching.JournalLab measure  sqlite FILE | redis HOST:PORT | postgres CONNECTION  [--entries 100000] [--dimensions 384] [--payload 2048]
      RagCaching.JournalLab move     sqlite FILE | redis HOST:PORT | postgres CONNECTION  [--entries 100000] [--dimensions 384] [--payload 2048]
      RagCaching.JournalLab kill     redis HOST:PORT | postgres CONNECTION
      RagCaching.JournalLab instance sqlite FILE | redis HOST:PORT | postgres CONNECTION  NAME

    demo       starts instances (3 unless told otherwise) that share a journal, and checks what they share. The second run on a journal starts warm.
    visible    measures how soon instances (4 unless told otherwise) serve what another one has stored, and stop serving what another one has removed.
    measure    writes entries, reads them back as a new instance does, and compares a hit with one of the store in memory.
    move       exports the answers of a cache in memory to a file, imports them into one on the engine, and asks both the same questions.
    kill       kills the server and the encoder in mid-traffic, and compares what callers wait with what they would wait without a cache.
    instance   is one host of several: it reads commands from its standard input, one a line, and answers each with one line.
    """;

if (args is not [var command, var engine, var address, .. var rest])
{
    Console.Error.WriteLine(Usage);
    return 2;
}

switch (command)
{
    case "demo":
        return await Demonstration.RunAsync(engine, address, InstancesOr(3));
    case "visible":
        return await Visibility.RunAsync(engine, address, InstancesOr(4));
    case "measure":
        return await Measurement.RunAsync(engine, address, Measurement.Settings.Parse(rest));
    case "move":
        return await Moving.RunAsync(engine, address, Measurement.Settings.Parse(rest));
    case "kill":
        return await Killing.RunAsync(engine, address);
    case "instance" when rest is [var name]:
        return await Instance.RunAsync(engine, address, name);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

int InstancesOr(int fallback) => rest is [var count] && int.TryParse(count, out var instances) && instances > 1 ? instances : fallback;
