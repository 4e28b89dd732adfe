using System.Text.RegularExpressions;

namespace Cdk.Context;

/// <summary>What values look like.</summary>
public static partial class PipelineContext
{
    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$")]
    private static partial Regex EnvironmentPattern();

    [GeneratedRegex("^[a-z]{2,3}(-[a-z]+){1,2}-[0-9]$")]
    private static partial Regex RegionPattern();

    // Regions of partitions without Amazon Q Developer in chat applications and OpenSearch Ingestion.
    [GeneratedRegex("^(cn|us-gov|us-iso[a-z]*|eu-isoe)-")]
    private static partial Regex OtherPartition();

    [GeneratedRegex("^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,.]+$")]
    private static partial Regex EmailPattern();

    [GeneratedRegex("^[A-Z0-9]{5,255}$")]
    private static partial Regex SlackIdPattern();

    // The key as State Manager takes it in a target, and as EC2 does on instances of the template (below).
    [GeneratedRegex("^(?!(?i:aws:)|\\.{1,2}=|(?i:_index)=)[0-9A-Za-z_.:@-]{1,128}=.{1,256}$")]
    private static partial Regex TagPattern();

    // The key as EC2 takes it where tags stand in the metadata of instances: others make each launch fail.
    [GeneratedRegex("^(?!(?i:aws:|environment=|_index=)|\\.{1,2}=)[0-9A-Za-z_.:+@-]{1,128}=[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}$")]
    private static partial Regex ResourceTagPattern();

    [GeneratedRegex("^arn:aws[a-z-]*:es:[a-z0-9-]+:[0-9]{12}:domain/[a-z][a-z0-9-]{2,27}$")]
    private static partial Regex DomainPattern();

    [GeneratedRegex("^https://[A-Za-z0-9.-]+$")]
    private static partial Regex EndpointPattern();

    [GeneratedRegex("^vpc-[0-9a-f]{8,17}$")]
    private static partial Regex VpcPattern();

    [GeneratedRegex("^subnet-[0-9a-f]{8,17}$")]
    private static partial Regex SubnetPattern();

    [GeneratedRegex("^rtb-[0-9a-f]{8,17}$")]
    private static partial Regex RoutePattern();

    [GeneratedRegex("^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/(1[6-9]|2[0-8])$")]
    private static partial Regex CidrPattern();
}
