using Amazon;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;

namespace AwsCompat.Tests.Kinesis;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("eu-west-1", false, false, "https://kinesis.eu-west-1.amazonaws.com")]
    [InlineData("eu-west-1", false, true, "https://kinesis.eu-west-1.api.aws")]
    [InlineData("us-east-1", true, false, "https://kinesis-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, false, "https://kinesis.us-gov-west-1.amazonaws.com")]
    [InlineData("cn-north-1", false, false, "https://kinesis.cn-north-1.amazonaws.com.cn")]
    public void Region_and_settings_give_the_documented_host(string region, bool fips, bool dualStack, string expected)
    {
        var config = new AmazonKinesisConfig
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region),
            UseFIPSEndpoint = fips,
            UseDualstackEndpoint = dualStack,
        };

        Assert.Equal(new Uri(expected), Resolve(config, new PutRecordRequest { StreamName = "s" }));
    }

    [Fact]
    public void Both_services_have_hosts_of_their_own()
    {
        var config = new AmazonSimpleNotificationServiceConfig { RegionEndpoint = RegionEndpoint.EUCentral1 };

        Assert.Equal(new Uri("https://sns.eu-central-1.amazonaws.com"), Resolve(config, new PublishRequest()));
    }

    [Fact]
    public void Custom_endpoint_wins()
    {
        var config = new AmazonKinesisConfig { ServiceURL = "http://127.0.0.1:4567/" };

        Assert.Equal(new Uri("http://127.0.0.1:4567/"), Resolve(config, new PutRecordRequest()));
    }

    [Fact]
    public void Custom_endpoint_with_FIPS_is_refused()
    {
        var config = new AmazonKinesisConfig { ServiceURL = "http://127.0.0.1:4567/", UseFIPSEndpoint = true };

        Assert.Throws<AmazonClientException>(() => Resolve(config, new PutRecordRequest()));
    }

    private static Uri Resolve(ClientConfig config, AmazonWebServiceRequest request) =>
        new(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request)).URL);
}
