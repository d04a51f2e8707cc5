namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Vietnamese. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Vietnamese
{
    public const string Table = """
        stop: là gì và của có tôi bạn này đó cho được thì mà ở trong với để từ đến các những một như thế nào làm sao vì khi bao giờ đâu ai hay hoặc cách muốn thể phải bao nhiêu mấy gì nào tôi mình chúng ta xin hãy vui lòng giúp cần nên sẽ đã đang rồi cũng rất nữa đi lại ra vào lên xuống về tại bằng theo nếu cái chiếc con giá
        marker: của ở trong với để từ đến cho
        and: và
        or: hay hoặc
        who: ai
        where: đâu
        not: không chưa chẳng đừng chớ cấm
        opp: bật/tắt mở/đóng mở/tắt cài/gỡ thêm/xóa tăng/giảm mua/bán trước/sau trên/dưới trong/ngoài nhiều/ít lớn/nhỏ cao/thấp rẻ/đắt nhanh/chậm nóng/lạnh mới/cũ trái/phải nam/nữ ngày/đêm vào/ra lên/xuống kích/hủy bật/tắt kết/ngắt
        num: hai=2 ba=3 bốn=4 năm=5 sáu=6 bảy=7 tám=8 chín=9 mười=10 mươi=10 lăm=5
        mult: trăm=100 nghìn=1000 ngàn=1000 triệu=1000000 tỷ=1000000000
        unit: day ngày
        unit: week tuần
        unit: month tháng
        unit: hr giờ
        unit: min phút
        currency: vnd đồng
        letters: ơ ư đ ạ ả ấ ầ ẩ ẫ ậ ắ ằ ẳ ẵ ặ ẹ ẻ ế ề ể ễ ệ ỉ ị ọ ỏ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ụ ủ ứ ừ ử ữ ự ỳ ỵ ỷ ỹ
        clock: giờ
        tag: không chưa
        unit: kg cân ký
        unit: km cây
        unit: m mét
        unit: l lít
        unit: g gam
        """;
}
