using System.Globalization;
using Wire.Text;

namespace LocalPipeline.DeployCheck;

/// <summary>Writes what a template creates, gives and costs, for people. Everything from the file is escaped.</summary>
internal static class DeployReport
{
    private const int Names = 200;

    /// <summary>Writes it.</summary>
    /// <param name="template">The template.</param>
    /// <param name="fleet">Hosts that the cost is told for.</param>
    /// <param name="output">Receives it.</param>
    internal static void Write(StackTemplate template, Fleet fleet, TextWriter output)
    {
        WriteInventory(template, output);
        WriteRights(template, output);
        WriteCost(template, fleet, output);
    }

    private static void WriteInventory(StackTemplate template, TextWriter output)
    {
        output.WriteLine($"CREATED: {template.Resources.Count} resources");
        foreach (var (number, kind, names) in Inventory.Lines(template))
        {
            output.WriteLine($"  {number,4}  {kind,-32}{Shown(names)}".TrimEnd());
        }

        output.WriteLine();
    }

    private static void WriteRights(StackTemplate template, TextWriter output)
    {
        output.WriteLine("RIGHTS:");
        foreach (var holder in RoleRights.Of(template))
        {
            output.WriteLine($"  {Shown(holder.Who)}");
            foreach (var right in holder.Rights)
            {
                output.WriteLine($"      {SafeText.Escape(right)}");
            }
        }

        output.WriteLine();
    }

    private static void WriteCost(StackTemplate template, Fleet fleet, TextWriter output)
    {
        var lines = MonthlyCost.Of(template, fleet);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"COST a month, list prices of us-east-1, {fleet.Hosts} hosts with {fleet.EventsPerSecond} events a second each:"));
        foreach (var line in lines)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {line.Dollars,10:0.00}  {line.What}: {line.Quantity}{(line.Depends ? ", by load" : "")}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {lines.Sum(line => line.Dollars),10:0.00}  in all, {lines.Where(line => !line.Depends).Sum(line => line.Dollars):0.00} of it without any host"));
        output.WriteLine("  Not counted: data transfer, requests to KMS and S3, free tiers, hosts of your own. Assumptions: docs/cost.md");
    }

    private static string Shown(string text) => SafeText.Escape(text.Length > Names ? text[..Names] + "…" : text);
}
