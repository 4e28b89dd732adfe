using System.Text.Json;
using EdgeAgent.Enrichment;
using EdgeAgent.Tests.Fakes;
using Wire.Model;

namespace EdgeAgent.Tests.Enrichment;

public sealed class InstanceMetadataTests : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Identity_is_read_with_a_session_token_and_version_1_is_never_tried()
    {
        using var service = new FakeMetadataService();
        Assert.Equal(
            new CloudIdentity("123456789012", "eu-west-1", "eu-west-1b", "i-0abc", "t4g.small"), await ReadAsync(service.Endpoint));
        Assert.Equal(["PUT /latest/api/token", "GET /latest/dynamic/instance-identity/document"], service.Asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"accountId":"1","region":"r","availabilityZone":"z","instanceId":"","instanceType":"t"}""")]
    [InlineData("""{"accountId":123456789012,"region":"r","availabilityZone":"z","instanceId":"i","instanceType":"t"}""")]
    [InlineData("""{"accountId":{},"region":"r","availabilityZone":"z","instanceId":"i","instanceType":"t"}""")]
    public async Task Document_that_is_not_an_identity_is_a_JSON_error(string document)
    {
        using var service = new FakeMetadataService(document);
        await Assert.ThrowsAnyAsync<JsonException>(() => ReadAsync(service.Endpoint));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("é")]
    public async Task Token_that_cannot_be_sent_back_is_an_HTTP_error(string token)
    {
        using var service = new FakeMetadataService(token: token);
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(service.Endpoint));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("not a url")]
    [InlineData("file:///etc/passwd")]
    public async Task Address_where_no_service_is_gives_an_HTTP_error(string address) =>
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(address));

    [Fact]
    public async Task Service_that_does_not_answer_is_given_up()
    {
        using var service = new FakeMetadataService(silent: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(service.Endpoint).WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(["PUT /latest/api/token"], service.Asked);
    }

    private Task<CloudIdentity> ReadAsync(string address) => new InstanceMetadata(_http).ReadAsync(address, CancellationToken.None);
}
