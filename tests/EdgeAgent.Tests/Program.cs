using EdgeAgent.Tests.Spool;

// The test host does not come here: it is for tests that kill a process of their own.
return args is ["write-spool", var folder, var first] ? await SpoolWriterProgram.RunAsync(folder, ulong.Parse(first, System.Globalization.CultureInfo.InvariantCulture)) : 2;
