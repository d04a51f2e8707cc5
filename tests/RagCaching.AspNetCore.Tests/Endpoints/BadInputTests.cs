using System.Net;
using System.Text.Json;
using RagCaching.AspNetCore.Tests.Hosting;

namespace RagCaching.AspNetCore.Tests.Endpoints;

public sealed class BadInputTests
{
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "/explain", "", "no JSON object" },
        { "/explain", "null", "is null" },
        { "/explain", "[]", "no JSON object" },
        { "/explain", "{", "no JSON object" },
        { "/explain", """{"question":7}""", "$.question" },
        { "/explain", """{"question":"   "}""", "'question'" },
        { "/explain", """{"question":"\ud800"}""", "no JSON object" },
        { "/explain", """{"question":"a","scope":"all"}""", "no JSON object" },
        { "/explain", """{"question":"a","partition":""}""", "'partition'" },
        { "/report", "{}", "'correct'" },
        { "/report", """{"correct":true}""", "'entryId'" },
        { "/report", """{"correct":true,"entryId":"a","question":null}""", "'question'" },
        { "/report", """{"correct":true,"decision":1,"entryId":"a"}""", "either" },
        { "/report", """{"correct":true,"decision":1e99}""", "$.decision" },
        { "/report", """{"correct":"yes","decision":1}""", "$.correct" },
        { "/remove", """{"entryId":"../../etc/passwd\u0000"}""", "'entryId'" },
        { "/remove", """{"entryId":"<script>"}""", "'entryId'" },
        { "/invalidate", "{}", "everything" },
        { "/invalidate", """{"everything":true,"tag":"a"}""", "contradict" },
        { "/invalidate", """{"createdBefore":"yesterday"}""", "$.createdBefore" },
        { "/invalidate", """{"tag":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}""", "no JSON object" },
        { "/curate", """{"question":"a"}""", "'answer'" },
        { "/curate", """{"question":"a","answer":"b","tags":[null]}""", "'tags'" },
        { "/curate", """{"question":"a","answer":"b","tags":[1]}""", "$.tags" },
        { "/curate", """{"entryId":"<b>"}""", "'entryId'" },
        { "/curate", """{"entryId":"a","question":"b"}""", "only 'answer'" },
        { "/curate", """{"entryId":"a","answer":" "}""", "'answer'" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Body_ThatCannotBeMeant_GetsASentence(string path, string body, string word)
    {
        await using var host = await OwnerHost.StartAsync();

        using var response = await host.SendAsync(path, body);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, word);
    }

    [Theory]
    [InlineData("/decisions?kind=everything", "'kind'")]
    [InlineData("/decisions?limit=0", "'limit'")]
    [InlineData("/decisions?limit=501", "'limit'")]
    [InlineData("/decisions?limit=-1", "'limit'")]
    [InlineData("/decisions?limit=99999999999999999999", "'limit'")]
    [InlineData("/decisions?limit=1&limit=2", "'limit'")]
    [InlineData("/entries?limit=101", "'limit'")]
    [InlineData("/entries?curated=perhaps", "'curated'")]
    [InlineData("/entries?after=1.2", "'after'")]
    [InlineData("/entries?after=x.y.z", "'after'")]
    [InlineData("/entries?after=1..z", "'after'")]
    [InlineData("/entries?tag=", "'tag'")]
    public async Task Query_ThatCannotBeMeant_GetsASentence(string path, string word)
    {
        await using var host = await OwnerHost.StartAsync();

        using var response = await host.ClientOf("owner").GetAsync("/rag-cache" + path, TestContext.Current.CancellationToken);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, word);
    }

    [Theory]
    [InlineData("/remove", "entryId", 201)]
    [InlineData("/invalidate", "tag", 513)]
    [InlineData("/explain", "question", 20_001)]
    public async Task Value_ThatIsTooLong_SaysHowLong(string path, string field, int length)
    {
        await using var host = await OwnerHost.StartAsync();

        using var response = await host.SendAsync(path, $$"""{"{{field}}":"{{new string('a', length)}}"}""");

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, $"has {length} characters");
    }

    [Fact]
    public async Task Body_ThatIsTooLong_IsNotRead()
    {
        await using var host = await OwnerHost.StartAsync();

        using var response = await host.SendAsync("/curate", $$"""{"question":"a","answer":"{{new string('a', 1 << 19)}}"}""");

        await AssertProblemAsync(response, HttpStatusCode.RequestEntityTooLarge, "too long");
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string word)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, text);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(word, JsonDocument.Parse(text).RootElement.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
    }
}
