namespace RagCaching.Guards.Lexical.Words.Languages.Latin;

/// <summary>Words of Indonesian. The keys are those of <c>LanguageReader</c>.</summary>
internal static class Indonesian
{
    public const string Table = """
        stop: yang dan di ke dari untuk dengan pada adalah ini itu saya aku kamu anda dia kita kami mereka apa apakah bagaimana siapa kapan dimana mengapa kenapa berapa bisa dapat harus akan sudah atau cara saya ingin mau bagaimanakah caranya apa ada mana dimana bisakah tolong mohon lebih juga lagi seperti oleh pada nya sih ya dong berapakah
        marker: di ke dari untuk dengan pada tanpa
        and: dan
        or: atau
        how: bagaimana
        who: siapa
        where: dimana
        when: kapan
        why: mengapa kenapa
        many: berapa
        not: tidak bukan jangan belum tanpa tak dilarang
        opp: menyalakan/mematikan aktifkan/nonaktifkan mengaktifkan/menonaktifkan buka/tutup membuka/menutup memasang/mencopot tambah/hapus menambah/menghapus beli/jual membeli/menjual naik/turun sebelum/sesudah sebelum/setelah atas/bawah lebih/kurang besar/kecil tinggi/rendah murah/mahal cepat/lambat panas/dingin baru/lama kiri/kanan pria/wanita siang/malam hidup/mati masuk/keluar diizinkan/dilarang boleh/dilarang legal/ilegal aman/berbahaya hari/malam pagi/malam kemarin/besok ayah/ibu laki-laki/perempuan menerima/menolak mengirim/menerima kirim/terima datang/pergi menang/kalah utara/selatan timur/barat menaikkan/menurunkan mengunci/membuka blokir/unblokir memblokir/membuka mulai/selesai dengan/tanpa pertama/terakhir unduh/unggah mengunduh/mengunggah
        months: januari februari maret april mei juni juli agustus september oktober november desember
        days: senin selasa rabu kamis jumat sabtu minggu
        num: dua=2 tiga=3 empat=4 lima=5 enam=6 tujuh=7 delapan=8 sembilan=9 sepuluh=10 nol=0 sebelas=11
        mult: puluh=10 ratus=100 ribu=1000 juta=1000000 miliar=1000000000
        unit: day hari
        unit: month bulan
        unit: year tahun
        unit: hr jam
        unit: min menit
        currency: idr rupiah
        ord: pertama kedua ketiga keempat kelima
        times: ganda=2 setengah=0.5 separuh=0.5
        prefix: non
        clock: jam pukul
        unit: g gram
        unit: kg kilogram kilo
        unit: km kilometer
        unit: m meter
        unit: cm sentimeter
        unit: l liter
        """;
}
