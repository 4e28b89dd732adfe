using KernelMatrix;

// kernel-matrix LOGS DOCUMENT NAME…: judges LOGS/NAME.log, or tells LOGS/NAME.reason, in this order.
// kernel-matrix costs LOGS TABLE KERNEL…: compares LOGS/costs-KERNEL.log with the kept numbers; with MATRIX_KEEP=1 keeps the new ones.
if (args is ["costs", var folder, var table, .. { Length: > 0 } kernels])
{
    return Costs.Run(folder, table, kernels);
}

if (args.Length < 3)
{
    Console.Error.WriteLine("usage: kernel-matrix LOGS DOCUMENT NAME… | kernel-matrix costs LOGS TABLE KERNEL…");
    return 2;
}

var (logs, document) = (args[0], args[1]);
var boots = args[2..].Select(name =>
{
    var reason = Path.Combine(logs, name + ".reason");
    return File.Exists(reason)
        ? new Boot(name, "", "", "", "", File.ReadAllText(reason).Trim(), IsAbsent: true, [])
        : GuestLog.Read(name, File.ReadLines(Path.Combine(logs, name + ".log")));
}).ToList();

var isRight = MatrixReport.Write(boots, Console.Out);
File.WriteAllText(document, EvasionsDocument.Update(File.Exists(document) ? File.ReadAllText(document) : null, boots));
return isRight ? 0 : 1;
