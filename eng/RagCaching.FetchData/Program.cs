using RagCaching.FetchData;

return await FetchCommands.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
